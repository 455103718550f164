import { FloeError } from './floe_error.js';

/** W3C's RTCIceServer. */
export interface IceServer {
  urls: string | string[];
  /** Of TURN servers. */
  username?: string;
  credential?: string;
}

/** One URL, with what it takes to be let in. */
export interface NamedServer {
  url: string;
  username: string;
  credential: string;
}

/** Throws as W3C has it; what is wrong beyond that is told by an icecandidateerror. */
export function namedServers(servers: readonly IceServer[]): NamedServer[] {
  return servers.flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => {
      checkUrl(url);
      if (/^turns?:/i.test(url) && (username === undefined || credential === undefined)) {
        throw new FloeError(
          'InvalidAccessError',
          'no-credential',
          `A TURN server without username and credential: ${url}`,
          { hint: 'The operator of the server gives both; they go beside urls.' },
        );
      }
      return { url, username: username ?? '', credential: credential ?? '' };
    }),
  );
}

function checkUrl(url: string): void {
  if (/^(?:stun|turn)s?:./i.test(url)) return;
  throw new FloeError('SyntaxError', 'bad-ice-server', `Not the URL of an ICE server: ${url}`, {
    hint: 'It begins with stun: or turn: and has no //.',
  });
}
