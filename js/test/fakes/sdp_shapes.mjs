// Descriptions as others shape them, out of the tests of core/sdp.
import { readFileSync } from 'node:fs';

const header = readFileSync(new URL('../../../tests/unit/sdp/shapes.h', import.meta.url), 'utf8');
const literal = /"((?:[^"\\]|\\.)*)"/g;

/** By their names in shapes.h. */
export const shapes = Object.fromEntries(
  [...header.matchAll(/string_view (k\w+) =((?:\s+"(?:[^"\\]|\\.)*")+);/g)].map(
    ([, name, literals]) => [
      name,
      [...literals.matchAll(literal)].map(([, text]) => JSON.parse(`"${text}"`)).join(''),
    ],
  ),
);
