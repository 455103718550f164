// Where things are in the work tree.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const inTree = (...parts) => path.join(root, ...parts);
export const binary = (name) => inTree('build', 'bin', name);
/// What a run leaves behind to be looked at: screenshots, logs.
export const artefacts = inTree('build', 'artefacts');
