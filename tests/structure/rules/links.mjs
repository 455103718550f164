// A link of a page leads to something that is there.
import path from 'node:path/posix';

const kLinked = /\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g;

export function* linkProblems(tree) {
  const files = new Set(tree.files);
  const folders = new Set(tree.files.flatMap((file) => ancestors(file)));
  for (const page of tree.matching(/\.md$/)) {
    for (const [, target] of tree.text(page).matchAll(kLinked)) {
      const place = path.join(path.dirname(page), target).replace(/\/$/, '');
      if (!files.has(place) && !folders.has(place))
        yield `${page}: links to ${target}, which is not there`;
    }
  }
}

function ancestors(file) {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}
