// Lists of today's exceptions to a rule, in known/. Each list may only shrink: a rule fails for a new
// exception, and for an entry whose count became lower. `node tests/structure/shrink.mjs` brings the
// lists up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'known');
const kShrink = 'run `node tests/structure/shrink.mjs`, which brings the list up to date';

const place = (name) => path.join(kFolder, `${name}.json`);
export const readKnown = (name) => JSON.parse(readFileSync(place(name), 'utf8'));
export const writeKnown = (name, list) =>
  writeFileSync(place(name), `${JSON.stringify(list, null, 2)}\n`);

/// Compares {what: count} as found with the list; `complain(what, count)` is the sentence about one
/// that is not listed, or has grown.
export function* compare(found, known, complain) {
  for (const [what, count] of Object.entries(found)) {
    const before = what in known ? countOf(known[what]) : undefined;
    if (before === undefined) yield complain(what, count);
    else if (count > before) yield `${complain(what, count)} It had ${before} before.`;
    else if (count < before) yield `${what} went from ${before} to ${count}: ${kShrink}`;
  }
  for (const what of Object.keys(known)) {
    if (!(what in found)) yield `${what} keeps the rule now: ${kShrink}`;
  }
}

/// The list without the entries that keep the rule now, and with lower counts.
export function shrunk(found, known) {
  const kept = Object.keys(known).filter((what) => what in found);
  return Object.fromEntries(kept.map((what) => [what, lowered(known[what], found[what])]));
}

/// An entry is a count, or {count, why} where it is there to stay.
const countOf = (entry) => entry.count ?? entry;

function lowered(entry, found) {
  const count = Math.min(found, countOf(entry));
  return typeof entry === 'object' ? { ...entry, count } : count;
}
