/** The exports of the module; wasm/src/exports.cc is the other end. Times are in microseconds. */
export interface WasmExports {
  readonly memory: WebAssembly.Memory;
  /** Runs static constructors; once, first. */
  _initialize?(): void;
  /** Returns a buffer for the data of the next call; valid until that call. */
  floe_reserve(size: number): number;
  floe_commands(now: number, size: number): void;
  floe_channel_open(now: number, channel: number): void;
  floe_channel_message(now: number, channel: number, isText: number, size: number): void;
  floe_channel_drained(now: number, channel: number): void;
  floe_channel_closed(now: number, channel: number, code: number, reasonSize: number): void;
  floe_wake(now: number): void;
  /** When floe_wake wants to be called; Infinity for never. */
  floe_deadline(): number;
  /** The pointer to the batch of events (u32 length, then records), or 0; valid until the next call. */
  floe_poll_events(): number;
}

export async function instantiate(
  module: WebAssembly.Module,
  imports: WebAssembly.ModuleImports,
): Promise<WasmExports> {
  const instance = await WebAssembly.instantiate(module, { floe: imports });
  const exports = instance.exports as unknown as WasmExports;
  exports._initialize?.();
  return exports;
}
