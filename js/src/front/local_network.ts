// Why a browser does not let a page reach a server of the local network (Local Network Access). A script of its
// own, which is loaded when a connection has failed.
import { FloeError } from '../floe_error.js';

const loopback = /^(.+\.)?localhost$|^127\.|^\[::1\]$/;
/** What a registry reserves for local networks, or no name server of the Internet knows. */
const local =
  /^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^169\.254\.|^\[f[cde]|^[^.[]+$|\.(local|lan|internal|home\.arpa)$/;

/** Undefined: it is not the browser, as far as it tells. */
export async function localNetworkError(url: string): Promise<FloeError | undefined> {
  const { hostname } = new URL(url);
  const where = loopback.test(hostname) ? 'loopback' : 'local';
  if (where === 'local' && !local.test(hostname)) return undefined;
  const hint = await hintFor(where);
  if (!hint) return undefined;
  const message = `The browser does not let this page reach ${url}, which is on ${
    where === 'loopback' ? "the user's own machine" : 'the local network'
  }.`;
  return new FloeError('NetworkError', 'local-network-denied', message, { hint });
}

async function hintFor(where: 'loopback' | 'local'): Promise<string> {
  if (!globalThis.isSecureContext) {
    return 'It asks the user only for pages that came over https: serve the page by https, or from that machine.';
  }
  const name = `${where}-network` as PermissionName;
  const { state } = await navigator.permissions.query({ name });
  if (state !== 'denied') return '';
  return (
    'The user, or a policy, has denied it: it can be allowed in the settings of the site. A page in a frame ' +
    `needs allow="${name}" there.`
  );
}
