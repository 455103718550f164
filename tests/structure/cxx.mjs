// As much of C++ as the rules need: the blocks of a file, and the kind of each.
// It relies on clang-format: the brace of a body stands after a space, the brace of a value does not.

/// The text with blanks for comments, literals and the preprocessor's lines; lines stay lines.
export function codeOnly(text) {
  const blank = (piece) => piece.replace(/[^\n]/g, ' ');
  const kNotCode =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"(\w*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm;
  return text.replace(kNotCode, blank);
}

const kKeyword = /^(if|else|for|while|do|switch|catch|return|try)\b/;
const kNotAName = new Set([
  'decltype',
  'alignas',
  'noexcept',
  'requires',
  'sizeof',
  '__attribute__',
]);

/// The code before a brace, without parts that would mislead kindOf().
function headOf(text) {
  let head = text.trim();
  head = head.replace(/^(?:(?:public|private|protected)\s*:\s*)+/, '');
  head = head.replace(/\[\[[^\]]*\]\]/g, ' ').trim();
  for (let before; before !== head;) {
    before = head;
    head = head
      .replace(
        /^template\s*<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>\s*(?:requires\s+[^{;]*?(?=\b(?:struct|class|constexpr|inline|auto|void)\b))?/,
        '',
      )
      .trim();
  }
  return head;
}

/// {kind: 'namespace' | 'class' | 'function' | 'other', name}
function kindOf(head) {
  if (/^(inline\s+)?namespace\b|^extern\s*$/.test(head)) return { kind: 'namespace' };
  if (/^(typedef\s+)?(enum|union)\b/.test(head)) return { kind: 'other' };
  const type =
    /^(?:typedef\s+)?(?:class|struct)\s+(?:alignas\s*\([^)]*\)\s*)?((?:\w+::)*\w+)?/.exec(head);
  if (type && !/\)\s*(const)?\s*$/.test(head.replace(/alignas\s*\([^)]*\)/, '')))
    return { kind: 'class', name: type[1] };
  return functionIn(head);
}

function functionIn(head) {
  const plain = head.replace(/operator\s*(\(\)|\[\]|[^\s\w(]+)/g, (name) =>
    name.replace(/[^\w]/g, '_'),
  );
  const names = /((?:\w+(?:<[^()]*?>)?::)*~?\w+)\s*\(/g;
  for (const match of plain.matchAll(names)) {
    const before = plain.slice(0, match.index);
    if (/=/.test(before) || kKeyword.test(match[1])) return { kind: 'other' };
    if (kNotAName.has(match[1])) continue;
    return { kind: 'function', name: match[1].replace(/<.*?>/g, '') };
  }
  return { kind: 'other' };
}

/// The blocks of a file: [{kind, name, line, lines, outer}], without what is inside functions.
/// `outer` is the name of the class around it.
export function blocksOf(text) {
  const code = codeOnly(text);
  const blocks = [];
  const open = [];
  let start = 0;
  let parentheses = 0;
  let line = 1;
  const isOpaque = () => open.some((block) => block.kind === 'function' || block.kind === 'other');
  for (let at = 0; at < code.length; ++at) {
    const sign = code[at];
    if (sign === '\n') ++line;
    else if (sign === '(') ++parentheses;
    else if (sign === ')') --parentheses;
    else if (sign === ';' && parentheses === 0 && !isOpaque()) start = at + 1;
    else if (sign === '{') {
      const isValue =
        parentheses > 0 ||
        /[\w>\])]/.test(code[at - 1] ?? '') ||
        /=\s*$/.test(code.slice(start, at));
      const block = { kind: 'value', parentheses };
      if (!isValue && !isOpaque()) {
        const head = code.slice(start, at);
        Object.assign(block, kindOf(headOf(head)));
        block.line = line - (head.trimStart().split('\n').length - 1);
        block.outer = open.filter(({ kind }) => kind === 'class').map(({ name }) => name)[0];
        blocks.push(block);
      } else if (!isValue) block.kind = 'inner';
      open.push(block);
      parentheses = 0;
      if (block.kind === 'namespace' || block.kind === 'class') start = at + 1;
    } else if (sign === '}') {
      const block = open.pop();
      if (!block) continue;
      parentheses = block.parentheses;
      if (block.line) block.lines = line - block.line + 1;
      if (block.kind !== 'value' && block.kind !== 'inner') start = at + 1;
    }
  }
  return blocks
    .filter((block) => block.lines)
    .map(({ kind, name, line, lines, outer }) => ({ kind, name, line, lines, outer }));
}

/// Of the functions `Class::method` and `outer::Class::Inner::method` among the blocks: the outermost
/// class, since namespaces are in lower case.
export function classOfMethod({ name }) {
  return name
    ?.split('::')
    .slice(0, -1)
    .find((part) => /^[A-Z]/.test(part));
}
