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

/** The error when it is the browser that does not let this page reach a server of the local network. */
export async function deniedError(url: string): Promise<FloeError | undefined> {
  if (!globalThis.navigator?.permissions) return undefined;
  const script = await import('#local-network').catch(() => undefined);
  return script?.localNetworkError(url).catch(() => undefined);
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
  const denied = await deniedError(url);
  if (denied) return denied;
  if (await answersRequests(url)) {
    const message = `The signalling server at ${url} answers, and does not let this end in.`;
    return new FloeError('NetworkError', 'signaling-refused', message, { hint: refusalHint() });
  }
  const message = `No answer from a signalling server at ${url}.`;
  return new FloeError('NetworkError', 'signaling-unreachable', message, {
    hint: 'Check the URL, and that the server runs.',
  });
}
