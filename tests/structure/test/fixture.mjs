// Little trees for the rules: a table of modules, and files.
import { Modules } from '../modules.mjs';
import { madeTree } from '../source_tree.mjs';

const kFloors = [
  { name: 'ground', folder: 'core/ground', archive: 'core', uses: [], is: 'What all stand on.' },
  {
    name: 'upper',
    folder: 'core/upper',
    archive: 'core',
    uses: ['ground'],
    is: 'What stands on it.',
  },
];

/// {tree, modules} of the files given, with the table of `floors` beside them.
export function fixture(texts, floors = kFloors) {
  const tree = madeTree({ 'cmake/modules.json': JSON.stringify(floors), ...texts });
  return { tree, modules: new Modules(tree) };
}

/// What a rule says of a tree.
export function problemsOf(rule, texts, floors) {
  const { tree, modules } = fixture(texts, floors);
  return [...rule(tree, modules)];
}

export const floors = (...changes) =>
  kFloors
    .map((floor, index) => ({ ...floor, ...changes[index] }))
    .concat(changes.slice(kFloors.length));
