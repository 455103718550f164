import { FloeError } from './floe_error.js';
import { refusalHint } from './front/refusal.js';

/** A WebSocket close code of the tunnel is 4000 plus its error code. */
const hints: Record<number, string> = {
  4005: 'Gateway and page speak different versions: update the older of the two.',
  4006: 'The gateway did not accept the token: pass a fresh one as the option token.',
  4008: 'The network between the page and the gateway went silent: connect again.',
  4010: 'The gateway is being restarted: connect again in a few seconds.',
  4011: "The session broke a rule of the gateway's policy; the gateway's log says which rule.",
};

/** The error for a closed connection to a gateway, with a message and a hint. */
export function gatewayClosedError(
  url: string,
  info: { code: number; reason: string },
  { wasOpen, isRefusal }: { wasOpen: boolean; isRefusal: boolean },
): FloeError {
  if (isRefusal) {
    const message = `A server at ${url} answers, and takes no connection.`;
    return new FloeError('NetworkError', 'gateway-refused', message, { hint: refusalHint() });
  }
  if (!wasOpen && info.code === 1006) {
    const why = info.reason && ` (${info.reason})`;
    return new FloeError(
      'NetworkError',
      'gateway-unreachable',
      `No answer from a gateway at ${url}${why}.`,
      {
        hint: 'Check the URL, and that the gateway runs.',
      },
    );
  }
  const reason = info.reason || (info.code === 1006 ? 'the network failed' : `code ${info.code}`);
  const code = info.code === 4006 ? 'unauthorized' : 'gateway-closed';
  return new FloeError('NetworkError', code, `The connection to the gateway ended: ${reason}.`, {
    hint:
      hints[info.code] ?? 'Connect again; if it happens again, the log of the gateway says why.',
  });
}
