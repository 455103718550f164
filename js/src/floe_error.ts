/** The DOMException names that this package uses. */
export type FloeErrorName =
  | 'AbortError'
  | 'InvalidAccessError'
  | 'InvalidStateError'
  | 'NetworkError'
  | 'NotSupportedError'
  | 'OperationError'
  | 'SyntaxError'
  | 'TimeoutError';

export interface FloeErrorOptions {
  /** Advice: how to solve the problem. */
  hint?: string;
  cause?: unknown;
}

/**
 * An error of this package. `message` says what went wrong; `hint` says what to do about it, or is
 * an empty string. Programs use `name`, as of a DOMException, and `code`.
 */
export class FloeError extends Error {
  override readonly name: FloeErrorName;
  readonly code: string;
  readonly hint: string;

  constructor(name: FloeErrorName, code: string, message: string, options: FloeErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = name;
    this.code = code;
    this.hint = options.hint ?? '';
  }
}
