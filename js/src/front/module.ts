import { platform } from '#platform';

import { compile, type ModuleSource } from '../platform/compile.js';
import { notLoadedError } from '../floe_error.js';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Loads the WebAssembly module. You never need to call it, since the first object does. Use it to
 * load the module early, or from another place: a URL, a Response, bytes, or a compiled module.
 *
 * The first call decides, and later ones wait for it. After a failure the next call tries again.
 */
export async function init(source?: ModuleSource): Promise<void> {
  await loadModule(source);
}

export function loadModule(source?: ModuleSource): Promise<WebAssembly.Module> {
  compiled ??= load(source);
  return compiled;
}

async function load(source?: ModuleSource): Promise<WebAssembly.Module> {
  try {
    return await (source === undefined ? platform.loadModule() : compile(source));
  } catch (cause) {
    compiled = undefined;
    const advice = "Pass init() the URL of floe.wasm, or import 'floe/inline'.";
    throw notLoadedError('floe.wasm', advice, cause);
  }
}
