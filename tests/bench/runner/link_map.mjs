// Who a library's bytes belong to, as the linker's map tells.
import { readFileSync } from 'node:fs';

const kInCode = /^ \.(text|rodata|data\.rel\.ro)/;

/// What is linked, as `{ file, bytes }`: code and constants, after unused sections were dropped.
export function linkedPieces(mapFile) {
  const text = readFileSync(mapFile, 'utf8');
  const lines = text.slice(text.indexOf('\nLinker script and memory map')).split('\n');
  const pieces = [];
  let isCode = false;
  for (const line of lines) {
    // " .text.name  0xaddress  0xsize  file"; after a long name the rest is in the next line.
    if (/^ \.\S/.test(line)) isCode = kInCode.test(line);
    const found = /\s0x[0-9a-f]{8,}\s+0x([0-9a-f]+) (\S.*)$/.exec(line);
    if (found && isCode) pieces.push({ file: found[2], bytes: parseInt(found[1], 16) });
    if (found) isCode = false;
  }
  return pieces;
}

/// The module of our own object, the library of another one.
export function ownerOf(file) {
  const own = /floe_(\w+)\.dir\//.exec(file);
  if (own) return own[1];
  const library = /lib(mbedtls|mbedx509|mbedcrypto|websockets)\.a/.exec(file);
  return library ? library[1] : 'others';
}
