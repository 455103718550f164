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
  /** What to do about it. */
  hint?: string;
  cause?: unknown;
}

/**
 * What went wrong (`message`), for programs (`name` as a DOMException has it, `code`) and for
 * people (`hint`: what to do about it, or an empty string).
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
