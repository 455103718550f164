// The rules of the tree that no compiler checks, a file for each in rules/.
import { compare, readKnown } from './known.mjs';
import { moduleMapProblems } from './module_map.mjs';
import { Modules } from './modules.mjs';
import { pitfallProblems } from './pitfalls.mjs';
import { readmeProblems } from './readme.mjs';
import { dividedClass, dividedClasses, longClass, longClasses } from './rules/classes.mjs';
import { fileProblems } from './rules/files.mjs';
import { longFunction, longFunctions } from './rules/functions.mjs';
import { glossaryProblems } from './rules/glossary.mjs';
import { hostProblems } from './rules/hosts.mjs';
import { includeProblems } from './rules/includes.mjs';
import { linkProblems } from './rules/links.mjs';
import { listingProblems } from './rules/listing.mjs';
import {
  headerWithoutReason,
  headersWithoutReason,
  toldProblems,
} from './rules/public_headers.mjs';
import { senderProblems } from './rules/senders.mjs';
import { tableProblems } from './rules/table.mjs';
import { secondListProblems } from './rules/second_lists.mjs';
import { vectorProblems } from './rules/vectors.mjs';
import { versionProblems } from './rules/version.mjs';
import { workTree } from './source_tree.mjs';

const kStrict = [
  fileProblems,
  tableProblems,
  moduleMapProblems,
  glossaryProblems,
  includeProblems,
  hostProblems,
  linkProblems,
  listingProblems,
  toldProblems,
  secondListProblems,
  senderProblems,
  vectorProblems,
  versionProblems,
];
/// Rules with a list of today's exceptions: the list's name in known/, the measure, the complaint.
const kRatcheted = {
  long_classes: [longClasses, longClass],
  divided_classes: [dividedClasses, dividedClass],
  long_functions: [longFunctions, longFunction],
  public_headers: [headersWithoutReason, headerWithoutReason],
};

/// Today's exceptions to the rules that have a list: {list: {what: count}}.
export function measured(tree = workTree(), modules = new Modules(tree)) {
  const lists = Object.entries(kRatcheted);
  return Object.fromEntries(lists.map(([name, [measure]]) => [name, measure(tree, modules)]));
}

function* problems() {
  const tree = workTree();
  const modules = new Modules(tree);
  for (const rule of kStrict) yield* rule(tree, modules);
  for (const [name, found] of Object.entries(measured(tree, modules))) {
    yield* compare(found, readKnown(name), kRatcheted[name][1]);
  }
  yield* pitfallProblems();
  yield* readmeProblems();
}

export function checkStructure() {
  const found = [...problems()];
  for (const problem of found) console.log(problem);
  return [
    found.length === 0
      ? { name: 'structure', passed: 1 }
      : { name: 'structure', failed: found.length, why: found[0] },
  ];
}
