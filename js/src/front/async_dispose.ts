/**
 * Makes `await using` work where the runtime has it, by a method that does what `close` does. The
 * symbol is young, so it is looked for instead of relied on.
 */
export function defineAsyncDispose(constructor: {
  prototype: { close(): void | Promise<void> };
}): void {
  if (typeof Symbol.asyncDispose !== 'symbol') return;
  Object.defineProperty(constructor.prototype, Symbol.asyncDispose, {
    configurable: true,
    writable: true,
    async value(this: { close(): void | Promise<void> }) {
      await this.close();
    },
  });
}
