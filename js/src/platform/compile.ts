import type { BytesLike } from '../bytes.js';

/** The argument of init(): the place of the module, or the module. */
export type ModuleSource =
  string | URL | Response | BytesLike | WasmModule | Promise<Response | BytesLike | WasmModule>;

/** A WebAssembly.Module, which the types of Node do not name; in lib.dom it has no members. */
export type WasmModule = object;

export async function compile(source: ModuleSource): Promise<WebAssembly.Module> {
  const value = await source;
  if (value instanceof WebAssembly.Module) return value;
  if (typeof value === 'string' || value instanceof URL) return compile(fetch(value));
  if (typeof Response !== 'undefined' && value instanceof Response) return compileResponse(value);
  return WebAssembly.compile(value as BufferSource);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new TypeError(`${response.url} answers ${response.status}`);
  // Streaming needs the right Content-Type, which not every static server sends.
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
