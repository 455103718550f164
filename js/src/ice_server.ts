import { dictionary, refuse } from './check_options.js';
import { FloeError, type FloeErrorName } from './floe_error.js';

/** W3C's RTCIceServer. */
export interface IceServer {
  urls: string | string[];
  /** For TURN servers only, as `credential` is. */
  username?: string;
  credential?: string;
}

/** One URL, with the credentials for its server. */
export interface NamedServer {
  url: string;
  username: string;
  credential: string;
}

/** RFC 7064 and 7065: the kind, the host, the port, and for TURN the transport. */
const pattern =
  /^(stun|turn)s?:(?:\[[\da-f:.]+\]|[^\s/?#:@[\]]+)(?::\d+)?(\?transport=[\w.~-]+)?$/i;

/** Throws the errors that W3C names; an icecandidateerror reports all others. */
export function namedServers(servers: readonly IceServer[] = []): NamedServer[] {
  if (!Array.isArray(servers)) refuse('iceServers', 'an array');
  return servers.flatMap((server) => {
    const { urls, username, credential } = dictionary(server, 'An ICE server');
    if (urls === undefined) refuse('urls', 'given');
    const list = [urls].flat();
    if (list.length === 0) throw urlError('', 'SyntaxError');
    return list.map((url) => {
      const isText = typeof username === 'string' && typeof credential === 'string';
      if (kindOf(url) === 'turn' && !isText) {
        const text = `A TURN server without username and credential: ${url}`;
        throw new FloeError('InvalidAccessError', 'no-credential', text, {
          hint: "Ask the server's operator for both, and pass them next to `urls`.",
        });
      }
      return { url, username: username ?? '', credential: credential ?? '' };
    });
  });
}

/** `stun` or `turn`. Throws when `url` is none of an ICE server. */
function kindOf(url: string): string {
  const [, kind = '', transport] = pattern.exec(`${url}`.toLowerCase()) ?? [];
  if (kind === 'turn' || (kind && !transport)) return kind;
  const isOther = /^(?!(stun|turn)s?:)[a-z][a-z\d+.-]*:/i.test(url);
  throw urlError(url, isOther ? 'NotSupportedError' : 'SyntaxError');
}

function urlError(url: string, name: FloeErrorName): FloeError {
  return new FloeError(name, 'bad-ice-server', `Not the URL of an ICE server: "${url}"`, {
    hint: 'It begins with stun:, stuns:, turn: or turns:, without //.',
  });
}
