import { FloeError } from './floe_error.js';

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

/** Throws the errors that W3C names; an icecandidateerror reports all others. */
export function namedServers(servers: readonly IceServer[]): NamedServer[] {
  return servers.flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => {
      checkUrl(url);
      if (/^turns?:/i.test(url) && (username === undefined || credential === undefined)) {
        throw new FloeError(
          'InvalidAccessError',
          'no-credential',
          `A TURN server without username and credential: ${url}`,
          { hint: "Ask the server's operator for both, and pass them next to `urls`." },
        );
      }
      return { url, username: username ?? '', credential: credential ?? '' };
    }),
  );
}

function checkUrl(url: string): void {
  if (/^(?:stun|turn)s?:./i.test(url)) return;
  throw new FloeError('SyntaxError', 'bad-ice-server', `Not the URL of an ICE server: ${url}`, {
    hint: 'It begins with stun:, stuns:, turn: or turns:, without //.',
  });
}
