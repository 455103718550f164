import { FloeError } from './floe_error.js';
import { webSocketUrl } from './web_socket_url.js';

/** Of a room, a peer or a service. */
export const namePattern = /^[A-Za-z0-9._~-]{1,64}$/;
export const nameRule = '1 to 64 letters, digits, and characters of "._~-"';

/** The URL of a room: `base` and the room, or `base` as it is when the room is in it already. */
export function roomUrl(base: string | URL, room: string | undefined): string {
  const url = webSocketUrl(base);
  if (room === undefined) return url.href;
  if (!namePattern.test(room)) {
    throw new FloeError('SyntaxError', 'bad-room', `Not the name of a room: ${room}`, {
      hint: `It has ${nameRule}.`,
    });
  }
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${room}`;
  return url.href;
}
