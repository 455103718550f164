// A function fits a screen.
import { blocksOf } from '../cxx.mjs';

const kLinesMax = 70;
const kScript = /\.(ts|mjs|js)$/;
const kCxx = /\.(cc|h|c)$/;

/// {module and function: lines} of functions that are too long.
export function longFunctions(tree, modules) {
  const found = {};
  const note = (file, name, lines) => {
    const what = modules.label(file, name);
    if (lines > kLinesMax) found[what] = Math.max(lines, found[what] ?? 0);
  };
  for (const file of tree.matching(kCxx)) {
    for (const { kind, name, outer, lines } of blocksOf(tree.text(file))) {
      if (kind === 'function') note(file, outer ? `${outer}::${name}` : name, lines);
    }
  }
  for (const file of tree.matching(kScript)) {
    for (const { name, lines } of scriptFunctions(tree.lines(file))) note(file, name, lines);
  }
  return found;
}

const kFunction = /^(\s*)(?:export )?(?:default )?(?:async )?function\*? (\w+)/;
const kMethod = /^(\s+)(?:(?:static|async|get|set|private|public|protected) )*\*?(#?\w+)\(.*\{$/;
const kArrow = /^(\s*)(?:export )?(?:const|let) (\w+) = .*=> \{$/;
const kTest = /^(\s*)(?:test|it)\((.*?), .*=> \{$/;
const kStatement = /^\s*(?:if|for|while|switch|catch|return|await|describe)\b/;

/// A formatted script ends a function with a brace at the indentation of its first line.
function* scriptFunctions(lines) {
  for (const [index, line] of lines.entries()) {
    if (kStatement.test(line)) continue;
    const head = [kFunction, kArrow, kTest, kMethod]
      .map((pattern) => pattern.exec(line))
      .find(Boolean);
    if (!head) continue;
    const length = lines.slice(index + 1).findIndex((later) => later.startsWith(`${head[1]}}`));
    if (length >= 0) yield { name: head[2], lines: length + 2 };
  }
}

export const longFunction = (what, lines) =>
  `${what}: a function of ${lines} lines, more than ${kLinesMax}.`;
