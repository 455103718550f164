// The vectors that C++ includes are those that the script makes.
import { vectorFiles } from '../../vectors/make_vectors.mjs';

export function* vectorProblems(tree, _modules, made = vectorFiles()) {
  for (const [name, text] of Object.entries(made)) {
    const file = `tests/vectors/${name}`;
    if (tree.files.includes(file) && tree.text(file) !== text)
      yield `${file}: not what make_vectors.mjs makes; run \`node tests/vectors/make_vectors.mjs\``;
  }
}
