import { FloeError, FloeTypeError } from '../floe_error.js';

/** u8 4 or 6, the bytes of a literal IP address, u16 port; names are not resolved. */
export function packAddress(address: string, port: number): Uint8Array {
  const ip = checkedAddress(address);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new FloeTypeError('bad-port', `Not a port: ${port}`);
  }
  return Uint8Array.of(ip.length === 4 ? 4 : 6, ...ip, port >> 8, port & 0xff);
}

/** Whether `text` is a literal IP address, without a zone. */
export function isIpAddress(text: string): boolean {
  return ipBytes(text) !== undefined;
}

/** The bytes of a literal IP address. Throws when it is none. */
export function checkedAddress(text: string): number[] {
  const bytes = ipBytes(text);
  if (bytes) return bytes;
  throw new FloeError('SyntaxError', 'bad-address', `Not an IP address: ${text}`, {
    hint: 'Names are not looked up here: pass an address like 192.0.2.1 or 2001:db8::1.',
  });
}

function ipBytes(text: string): number[] | undefined {
  return `${text}`.includes(':') ? ipv6Bytes(text) : ipv4Bytes(`${text}`);
}

function ipv4Bytes(text: string): number[] | undefined {
  const parts = text.split('.');
  const isOctet = (part: string): boolean => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256;
  return parts.length === 4 && parts.every(isOctet) ? parts.map(Number) : undefined;
}

/** The URL parser reads all notations of an IPv6 address, and returns a single one. */
function ipv6Bytes(text: string): number[] | undefined {
  if (!/^[\da-f:.]+$/i.test(text)) return undefined;
  try {
    const [head = '', tail = ''] = new URL(`ws://[${text}]`).hostname.slice(1, -1).split('::');
    const groups = head.split(':').filter(Boolean);
    const last = tail.split(':').filter(Boolean);
    while (groups.length + last.length < 8) groups.push('0');
    return [...groups, ...last].flatMap((group) => {
      const value = parseInt(group, 16);
      return [value >> 8, value & 0xff];
    });
  } catch {
    return undefined;
  }
}
