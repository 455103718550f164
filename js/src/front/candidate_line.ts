import { FloeError } from '../floe_error.js';
import { isIpAddress } from './pack_address.js';

/** RFC 8839, section 5.1, as core/ice reads it, but for the limits of the numbers. */
const pattern =
  /^candidate:[!-~]{1,32} +(\d{1,3}) +[\w.!%*+`'~-]+ +(\d{1,10}) +([\w.:-]+) +(\d{1,5}) +typ +(?:host|[sp]rflx|relay)(?: +raddr +([\w.:-]+) +rport +(\d{1,5})(?!\S)|(?! +raddr(?!\S)))(?: +[^ \0-\x1f\x7f]+){0,32}$/i;

/** Throws unless `line` is that of a candidate, so that the engine need not refuse it later. */
export function checkCandidateLine(line: string): void {
  const [, component, priority, address = '', port, related = address, relatedPort = port] =
    pattern.exec(line) ?? [];
  const isRight =
    line.length <= 512 &&
    line.startsWith('candidate:') &&
    isWithin(component, 1, 256) &&
    isWithin(priority, 1, 2 ** 32 - 1) &&
    isWithin(port, 0, 65535) &&
    isWithin(relatedPort, 0, 65535) &&
    isHost(address) &&
    isHost(related);
  if (isRight) return;
  throw new FloeError('OperationError', 'bad-candidate', `Not a candidate: "${line}"`, {
    hint: "Pass the peer's line unchanged.",
  });
}

function isWithin(digits: string | undefined, min: number, max: number): boolean {
  return Number(digits) >= min && Number(digits) <= max;
}

/** A text of only digits and dots is no name, but a malformed address. */
function isHost(text: string): boolean {
  return isIpAddress(text) || /^[\d.]*[a-z-][a-z\d.-]*$/i.test(text);
}
