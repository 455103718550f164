// Each file by itself: its place, its length, what must not be in it.
const kTopLevel =
  /^(\..*|CMakeLists\.txt|CMakePresets\.json|vcpkg\.json|conanfile\.py|LICENSE|(README|CONTRIBUTING|CHANGELOG|SECURITY)\.md|cmake|core|platform|wasm|native|js|tests|demo)$/;
const kSources = /\.(cc|h|c|ts|mjs|js)$/;
const kLinesMax = 400;
const kUnfinished = /\b(TO[D]O|FIX[M]E|XX[X])\b/; // not found in this line itself

export function* fileProblems(tree) {
  for (const top of new Set(tree.files.map((file) => file.split('/')[0]))) {
    if (!kTopLevel.test(top)) yield `${top}: not a name of the top level`;
  }
  for (const file of tree.matching(kSources)) {
    const text = tree.text(file);
    const lines = tree.lineCount(file);
    if (lines > kLinesMax)
      yield `${file}: ${lines} lines, more than ${kLinesMax}: is a noun missing?`;
    if (kUnfinished.test(text)) yield `${file}: an unfinished mark`;
    if (file.endsWith('.h') && !/#pragma once|#ifndef/.test(text))
      yield `${file}: a header without a guard`;
  }
}
