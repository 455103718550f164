// A module includes its own headers and the public ones of the modules that the
// table lets it use. A module in the folder of another also sees the private headers of that one.

// Protocols see of the host only what cannot do I/O.
const kApiWithoutIo = ['random', 'crypto', 'log'];

export function* includeProblems(tree, modules) {
  for (const file of modules.sources()) {
    const module = modules.of(file);
    if (!module) {
      yield `${file}: belongs to no module of cmake/modules.json`;
      continue;
    }
    for (const include of modules.includesOf(file)) {
      for (const what of problemsOf(module, include, modules))
        yield `${file}:${include.line}: ${what}`;
    }
  }
}

function* problemsOf(module, include, modules) {
  if (!include.file) {
    yield `there is no "${include.name}" that ${module.name} may see`;
    return;
  }
  const other = modules.of(include.file);
  if (other !== module && !module.uses.includes(other?.name)) {
    yield `${module.name} must not include ${other?.name ?? include.file}`;
  } else if (
    other !== module &&
    isPrivate(other, include.file) &&
    !module.folder.startsWith(`${other.folder}/`)
  ) {
    yield `${module.name} must not include a private header of ${other.name}`;
  }
  const api = /^floe\/api\/(\w+)\.h$/.exec(include.name)?.[1];
  if (module.sans_io && api && !kApiWithoutIo.includes(api)) {
    yield `${module.name} does no I/O, so it must not see ${include.name}`;
  }
}

const isPrivate = ({ folder }, file) => !file.startsWith(`${folder}/include/`);
