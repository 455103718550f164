import { FloeError } from '../floe_error.js';

const probeMs = 2_000;

/**
 * Whether a server answers there that takes no WebSocket: a browser says the same of a refusal and of an
 * absence. The answer to a plain request stays unread.
 */
export async function answersRequests(url: string): Promise<boolean> {
  const { origin } = new URL(url.replace(/^ws/, 'http'));
  try {
    const signal = AbortSignal.timeout(probeMs);
    await fetch(origin, { mode: 'no-cors', cache: 'no-store', signal });
    return true;
  } catch {
    return false;
  }
}

/** What to do when a server refuses, for the hint of an error. */
export function refusalHint(): string {
  const origin = globalThis.location?.origin;
  const admit = origin
    ? `, and that the gateway admits this page: floe-gateway --origin ${origin}`
    : '';
  return `Check the path of the URL${admit}.`;
}

/** Why a signalling server does not let this end in. */
export async function unreachableError(url: string): Promise<FloeError> {
  if (await answersRequests(url)) {
    const message = `The signalling server at ${url} answers, and does not let this end in.`;
    return new FloeError('NetworkError', 'signaling-refused', message, { hint: refusalHint() });
  }
  const message = `No answer from a signalling server at ${url}.`;
  return new FloeError('NetworkError', 'signaling-unreachable', message, {
    hint: 'Check the URL, and that the server runs.',
  });
}
