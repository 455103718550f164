// Candidate lines out of the tests of core/ice.
import { readFileSync } from 'node:fs';

const folder = new URL('../../../tests/unit/ice/', import.meta.url);
const source = readFileSync(new URL('candidate_grammar_test.cc', folder), 'utf8');

/** The literals of C++ that follow one another, as one string. */
function text(literals) {
  const bytes = [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
    .map(([, literal]) => literal)
    .join('');
  const escaped = bytes.replace(/\\x([0-9a-f]{2})/g, '\\u00$1');
  return Buffer.from(JSON.parse(`"${escaped}"`), 'latin1').toString();
}

/** The lines of the rows whose second column matches. */
function lines(second) {
  const row = new RegExp(`Row\\{((?:\\s*"(?:[^"\\\\]|\\\\.)*")+),\\s*${second}`, 'g');
  return [...source.matchAll(row)].map(([, literals]) => text(literals));
}

export const candidateRows = {
  /** Without the empty line, which ends the candidates, and what the end of a line makes malformed. */
  malformed: lines('E::\\w+').filter((line) => line !== '' && !line.endsWith('\n')),
  right: lines('CandidateType::\\w+'),
};
