// The files that the rules read: those of the work tree, or those that a test makes up.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runner/tree.mjs';

export class SourceTree {
  #read;
  #texts = new Map();

  /// `files` are paths from the root of the tree, with `/`; `read` gives the text of one.
  constructor(files, read) {
    this.files = files;
    this.#read = read;
  }

  text(file) {
    if (!this.#texts.has(file)) this.#texts.set(file, this.#read(file));
    return this.#texts.get(file);
  }

  lines(file) {
    return this.text(file).split('\n');
  }

  /// How many lines an editor shows.
  lineCount(file) {
    return this.lines(file).length - (this.text(file).endsWith('\n') ? 1 : 0);
  }

  matching(pattern) {
    return this.files.filter((file) => pattern.test(file));
  }
}

/// The files that git tracks or would add.
export function workTree() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  // A file that was deleted stays in git's list until the deletion is committed.
  const files = [...new Set(listed.toString().split('\n'))].filter(
    (file) => file && existsSync(path.join(root, file)),
  );
  return new SourceTree(files, (file) => readFileSync(path.join(root, file), 'utf8'));
}

/// `texts`: {path: text}.
export function madeTree(texts) {
  return new SourceTree(Object.keys(texts), (file) => texts[file]);
}
