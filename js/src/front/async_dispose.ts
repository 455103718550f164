/**
 * The method of `await using`, for a TypeScript whose `lib` has the symbol. Elsewhere it has no member:
 * `[Symbol.asyncDispose]()` written in a class would be an error in each program that uses the package.
 */
export type AsyncDispose = SymbolConstructor extends {
  readonly asyncDispose: infer Key extends symbol;
}
  ? { [Name in Key]: () => Promise<void> }
  : {};

/**
 * Makes `await using` work where the runtime has it, by a method that does the same as `close`. Not
 * every runtime has the symbol yet, so the code checks for it.
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
