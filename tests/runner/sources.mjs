// The C++ of the tree as tokens, so that a piece of code is found wherever it stands and however
// its lines are broken: white space and comments do not count.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const kFolders = ['core', 'platform', 'native', 'demo'];
// `>>` is two tokens, because it may close two lists of template arguments.
const kToken = new RegExp(
  [
    String.raw`(?<skipped>\s+|//[^\n]*|/\*[^]*?\*/)`,
    String.raw`R"(?<mark>[^(\s]*)\([^]*?\)\k<mark>"`,
    String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`,
    String.raw`\d(?:[\w.]|'\w)*|\w+`,
    String.raw`<=>|<<=|->|::|\.\.\.|\+\+|--|&&|\|\||##|[-+*/%&|^=!<>]=|<<`,
    String.raw`[^]`,
  ].join('|'),
  'y',
);
const kBetween = '\0';

/// The tokens of a text with their places in it.
export function tokensOf(text) {
  const tokens = [];
  kToken.lastIndex = 0;
  while (kToken.lastIndex < text.length) {
    const start = kToken.lastIndex;
    const match = kToken.exec(text);
    if (match.groups.skipped === undefined)
      tokens.push({ text: match[0], start, end: kToken.lastIndex });
  }
  return tokens;
}

const joined = (tokens) => kBetween + tokens.map((token) => token.text + kBetween).join('');

export class Sources {
  #files;

  constructor(root) {
    this.#files = kFolders.flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true })
        .filter((name) => /\.(cc|h)$/.test(name))
        .sort()
        .map((name) => {
          const file = path.join(folder, name);
          const text = readFileSync(path.join(root, file), 'utf8');
          return { file, text, tokens: tokensOf(text) };
        }),
    );
    for (const source of this.#files) source.joined = joined(source.tokens);
  }

  text(file) {
    return this.#files.find((source) => source.file === file).text;
  }

  /// Each place of a piece of code, as {file, start, end}.
  find(code) {
    const wanted = tokensOf(code);
    const text = joined(wanted);
    const places = [];
    for (const source of this.#files) {
      for (
        let at = source.joined.indexOf(text);
        at !== -1;
        at = source.joined.indexOf(text, at + 1)
      ) {
        const first = source.joined.slice(0, at).split(kBetween).length - 1;
        const last = first + wanted.length - 1;
        places.push({
          file: source.file,
          start: source.tokens[first].start,
          end: source.tokens[last].end,
        });
      }
    }
    return places;
  }
}
