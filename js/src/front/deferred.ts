/**
 * A promise that is settled from outside. If no caller waits for it, a rejection is not reported as
 * unhandled, because events also tell the caller.
 */
export class Deferred<T> {
  declare readonly promise: Promise<T>;
  declare resolve: (value: T) => void;
  declare reject: (reason: unknown) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.promise.catch(() => {});
  }
}
