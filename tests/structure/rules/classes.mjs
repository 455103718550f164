// A class is one header and one .cc, and is small as a whole: when it needs more files, it should be
// several classes. The limit: 95 % of the files of dcSCTP, a model of ours, have fewer than 370 lines.
import path from 'node:path/posix';
import { blocksOf, classOfMethod } from '../cxx.mjs';

const kLinesMax = 400;

/// Every class whose members are defined in a .cc: [{name, header, sources, lines}]. `header` is the
/// file that declares it, which may be a .cc itself.
export function classesOf(tree, modules) {
  const declared = new Map(); // name -> files
  const defined = new Map(); // file -> names of classes
  for (const file of modules.sources()) {
    const blocks = blocksOf(tree.text(file));
    for (const { name } of blocks.filter(({ kind, outer }) => kind === 'class' && !outer)) {
      if (!name) continue;
      declared.set(name, [...(declared.get(name) ?? []), file]);
    }
    const methods = blocks.filter(({ kind }) => kind === 'function').map(classOfMethod);
    defined.set(file, new Set(methods.filter(Boolean)));
  }
  return gather(tree, modules, declared, defined);
}

function gather(tree, modules, declared, defined) {
  const classes = new Map();
  const at = (name, header) => {
    const key = `${header} ${name}`;
    if (!classes.has(key)) classes.set(key, { name, header, sources: [] });
    return classes.get(key);
  };
  for (const [name, files] of declared) files.forEach((file) => at(name, file));
  for (const [file, names] of defined) {
    for (const name of names) {
      const header = headerFor(name, file, declared.get(name) ?? [], modules);
      if (header && header !== file) at(name, header).sources.push(file);
    }
  }
  const lines = (files) => files.reduce((sum, file) => sum + tree.lineCount(file), 0);
  return [...classes.values()].map((found) => ({
    ...found,
    lines: lines([found.header, ...found.sources]),
  }));
}

/// Several classes may have one name, in different modules or namespaces. The header is the file
/// itself, or else a header that it includes, or else a header of its module.
function headerFor(name, file, places, modules) {
  if (places.includes(file)) return file;
  const included = [...modules.includesOf(file)].map((include) => include.file);
  const near = places.filter(
    (place) => modules.of(place) === modules.of(file) && place.endsWith('.h'),
  );
  return near.find((place) => included.includes(place)) ?? near[0];
}

/// {module and class: lines} of classes that are too long. Of classes in the same files, only the one
/// that the files are named after.
export function longClasses(tree, modules) {
  const byFiles = new Map();
  for (const found of classesOf(tree, modules).filter(({ lines }) => lines > kLinesMax)) {
    const files = [found.header, ...found.sources].join(' ');
    if (!byFiles.has(files) || isNamesake(found)) byFiles.set(files, found);
  }
  return Object.fromEntries(
    [...byFiles.values()].map(({ name, header, lines }) => [modules.label(header, name), lines]),
  );
}

function isNamesake({ name, header }) {
  return path.parse(header).name === name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}

/// {module and class: files} of classes whose members are defined in more than one .cc.
export function dividedClasses(tree, modules) {
  const divided = classesOf(tree, modules).filter(({ sources }) => sources.length > 1);
  return Object.fromEntries(
    divided.map(({ name, header, sources }) => [modules.label(header, name), sources.length]),
  );
}

export const longClass = (what, lines) =>
  `${what}: ${lines} lines with all its files, more than ${kLinesMax}: is a noun missing?`;
export const dividedClass = (what, files) =>
  `${what}: its members are defined in ${files} files: one class, one .cc.`;
