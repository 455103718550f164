// The words of core/README.md that are classes are there, in the module whose namespace they name.
const kPage = 'core/README.md';
const kWord = /^\| `(?:(\w+)::)?([A-Z]\w+)`/;

export function* glossaryProblems(tree, modules) {
  if (!tree.files.includes(kPage)) return;
  const texts = modules.sources().map((file) => [modules.of(file)?.name ?? '', tree.text(file)]);
  for (const [index, line] of tree.lines(kPage).entries()) {
    const [, space, name] = kWord.exec(line) ?? [];
    if (!name) continue;
    const declares = new RegExp(`\\b(class|struct|using|enum class) ${name}\\b(?!;)`);
    const isThere = texts.some(
      ([module, text]) => (!space || module.startsWith(space)) && declares.test(text),
    );
    if (!isThere)
      yield `${kPage}:${index + 1}: there is no class ${space ? `${space}::` : ''}${name}`;
  }
}
