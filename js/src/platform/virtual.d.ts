// Modules that the build makes.

declare module '#worker-source' {
  /** The Worker's script, minified. */
  const source: string;
  export default source;
}

declare module '#wasm-inline' {
  /** The wasm module, from base64. */
  export function bytes(): Uint8Array<ArrayBuffer>;
}
