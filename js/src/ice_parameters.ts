import { FloeError } from './floe_error.js';

/** As W3C's RTCIceParameters, with `iceLite` of the peer. */
export interface IceParameters {
  usernameFragment: string;
  password: string;
  iceLite?: boolean;
}

export type IceRole = 'controlling' | 'controlled';

/** RFC 8839, section 5.4. */
const ufragPattern = /^[A-Za-z0-9+/]{4,256}$/;
const passwordPattern = /^[A-Za-z0-9+/]{22,256}$/;

const hint =
  "ice-chars are letters, digits, + and /. Pass the result of the peer's getLocalParameters().";

/** Throws a FloeError when the parameters are wrong. */
export function checkIceParameters({ usernameFragment, password }: IceParameters): void {
  if (!ufragPattern.test(usernameFragment)) {
    throw new FloeError('SyntaxError', 'bad-ufrag', 'A usernameFragment has 4 to 256 ice-chars.', {
      hint,
    });
  }
  if (!passwordPattern.test(password)) {
    throw new FloeError('SyntaxError', 'bad-password', 'A password has 22 to 256 ice-chars.', {
      hint,
    });
  }
}
