// Brings the lists in known/ up to date: it removes entries that keep the rule now, lowers counts that
// became lower, and adds nothing.
import { readKnown, shrunk, writeKnown } from './known.mjs';
import { measured } from './structure.mjs';

for (const [name, found] of Object.entries(measured())) {
  const list = shrunk(found, readKnown(name));
  writeKnown(name, list);
  console.log(`${name}: ${Object.keys(list).length}`);
}
