// The table of modules says what is there: folders that exist, modules in the order of dependency, a
// sentence each, and no use that nothing makes.
import { kTable } from '../modules.mjs';

export function* tableProblems(tree, modules) {
  const above = new Set();
  for (const { name, folder, uses, is } of modules.all) {
    const at = `${kTable}: ${name}`;
    if (above.has(name)) yield `${at} is there twice`;
    if (!tree.files.some((file) => file.startsWith(`${folder}/`)))
      yield `${at}: there is no folder ${folder}`;
    if (!/^[A-Z].*[.]$/.test(is ?? ''))
      yield `${at}: "is" must say in a sentence what the module is`;
    for (const use of uses) {
      if (!above.has(use)) yield `${at} uses ${use}, which is not above it`;
    }
    above.add(name);
  }
  yield* unusedUses(modules);
}

function* unusedUses(modules) {
  const used = new Map(modules.all.map(({ name }) => [name, new Set()]));
  for (const file of modules.sources()) {
    for (const include of modules.includesOf(file)) {
      if (include.file) used.get(modules.of(file)?.name)?.add(modules.of(include.file)?.name);
    }
  }
  for (const { name, uses } of modules.all) {
    for (const use of uses) {
      if (!used.get(name).has(use)) yield `${kTable}: ${name} includes nothing of ${use}`;
    }
  }
}
