// A test that no CMakeLists.txt names is a test that nothing runs.
import path from 'node:path/posix';

export function* listingProblems(tree) {
  const lists = tree
    .matching(/^tests\/.*CMakeLists\.txt$/)
    .map((file) => tree.text(file))
    .join('\n');
  for (const file of tree.matching(/^tests\/(unit|sim|native|fuzz)\/.*\.cc$/)) {
    if (!lists.includes(path.basename(file)))
      yield `${file}: no CMakeLists.txt under tests/ names it`;
  }
}
