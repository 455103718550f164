import { FloeError, FloeTypeError } from './floe_error.js';

/** As W3C's RTCIceParameters, with `iceLite` of the peer. */
export interface IceParameters {
  usernameFragment: string;
  password: string;
  iceLite?: boolean;
}

export type IceRole = 'controlling' | 'controlled';

/** RFC 8839, section 5.4: with the least length of each. */
const texts = [
  ['usernameFragment', 4, 'bad-ufrag'],
  ['password', 22, 'bad-password'],
] as const;

const hint =
  "ice-chars are letters, digits, + and /. Pass the result of the peer's getLocalParameters().";

/** Throws a TypeError when a text is missing, and a SyntaxError when it has a wrong form. */
export function checkIceParameters(parameters: IceParameters): void {
  for (const [name, least, code] of texts) {
    const text: unknown = parameters[name];
    const message = `A ${name} has ${least} to 256 ice-chars.`;
    if (typeof text !== 'string') throw new FloeTypeError(code, message, hint);
    if (new RegExp(`^[A-Za-z0-9+/]{${least},256}$`).test(text)) continue;
    throw new FloeError('SyntaxError', code, message, { hint });
  }
}
