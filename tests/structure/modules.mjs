// cmake/modules.json: the modules, and what each may use. CMake reads the same table. A module has
//   name, folder
//   uses        the modules whose public headers it may include; all are above it
//   is          a sentence that describes it
//   archive     the archive it is linked into, floe::core or floe::native, unless it is in none
//   option      the option of CMake that leaves it out
//   sans_io     true: a protocol without I/O, which sees little of the api
//   for_tests   true: only tests use it
import path from 'node:path/posix';

export const kTable = 'cmake/modules.json';
/// Every file of C++ in these folders belongs to a module.
export const kModuleFolders = /^(core|platform|native|wasm|demo)\/.*\.(cc|h)$/;

export class Modules {
  #tree;
  #files;
  #headers = new Map();

  constructor(tree) {
    this.#tree = tree;
    this.#files = new Set(tree.files);
    this.all = JSON.parse(tree.text(kTable));
    for (const module of this.all) {
      const include = `${module.folder}/include/`;
      for (const file of tree.files) {
        if (file.startsWith(include) && file.endsWith('.h'))
          this.#headers.set(file.slice(include.length), file);
      }
    }
  }

  named(name) {
    return this.all.find((module) => module.name === name);
  }

  /// The module of a file: of nested ones the inner. Nothing for other files.
  of(file) {
    const around = this.all.filter(({ folder }) => file.startsWith(`${folder}/`));
    return around.sort((a, b) => b.folder.length - a.folder.length)[0];
  }

  /// How the lists of known/ call a name in a file, so that a file may move inside of its module.
  label(file, name) {
    return `${this.of(file)?.folder ?? path.dirname(file)} ${name}`;
  }

  /// Files of C++ that belong to modules.
  sources() {
    return this.#tree.matching(kModuleFolders);
  }

  /// The public header that `#include "floe/…"` means.
  publicHeader(name) {
    return this.#headers.get(name);
  }

  publicHeaders() {
    return [...this.#headers.values()];
  }

  /// [{line, name, file}] for each #include with quotation marks; `file` is missing when the name
  /// leads nowhere.
  *includesOf(file) {
    for (const [index, line] of this.#tree.lines(file).entries()) {
      const name = /^\s*#\s*include "([^"]+)"/.exec(line)?.[1];
      if (!name) continue;
      const places = [
        this.publicHeader(name),
        path.normalize(path.join(path.dirname(file), name)),
        ...this.#privateFolders(file).map((folder) => path.join(folder, name)),
      ];
      yield {
        line: index + 1,
        name,
        file: places.find((place) => place && this.#files.has(place)),
      };
    }
  }

  /// Where private headers are: in the module, and in a module whose folder it is in.
  #privateFolders(file) {
    return this.all
      .filter(({ folder }) => file.startsWith(`${folder}/`))
      .map(({ folder }) => `${folder}/src`);
  }
}
