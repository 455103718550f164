/** What the module offers; wasm/src/exports.cc is the other end. Times are in microseconds. */
export interface WasmExports {
  readonly memory: WebAssembly.Memory;
  /** Runs static constructors; once, first. */
  _initialize?(): void;
  /** Room for what the next call brings; valid until then. */
  floe_reserve(size: number): number;
  floe_commands(now: number, size: number): void;
  floe_channel_open(now: number, channel: number): void;
  floe_channel_message(now: number, channel: number, isText: number, size: number): void;
  floe_channel_drained(now: number, channel: number): void;
  floe_channel_closed(now: number, channel: number, code: number, reasonSize: number): void;
  floe_wake(now: number): void;
  /** When floe_wake wants to be called; Infinity for never. */
  floe_deadline(): number;
  /** Where the batch of events is (u32 length, then records), or 0. It goes with the next call. */
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
