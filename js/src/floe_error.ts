import type { FloeErrorCode } from './error_codes.js';

/** The DOMException names that this package uses, and `TypeError`. */
export type FloeErrorName =
  | 'AbortError'
  | 'InvalidAccessError'
  | 'InvalidStateError'
  | 'NetworkError'
  | 'NotSupportedError'
  | 'OperationError'
  | 'SyntaxError'
  | 'TimeoutError'
  | 'TypeError';

export interface FloeErrorOptions {
  /** Advice: how to solve the problem. */
  hint?: string;
  cause?: unknown;
}

/**
 * An error of this package. `message` says what went wrong, why, and what to do about it; `hint` is
 * the part that says what to do, or an empty string. Programs use `name`, as of a DOMException, and
 * `code`. One whose name is `TypeError` is an instance of TypeError, too.
 */
export class FloeError extends Error {
  declare readonly name: FloeErrorName;
  declare readonly code: FloeErrorCode;
  declare readonly hint: string;

  constructor(
    name: FloeErrorName,
    code: FloeErrorCode,
    message: string,
    options: FloeErrorOptions = {},
  ) {
    const { hint = '' } = options;
    super(`${message} ${hint}`.trim(), 'cause' in options ? { cause: options.cause } : undefined);
    this.name = name;
    this.code = code;
    this.hint = hint;
  }

  /**
   * A FloeTypeError inherits from TypeError, and counts as a FloeError all the same; so does an error
   * of another entry of the package, which has these classes once more.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(this, value) || super[Symbol.hasInstance](value);
  }
}

const mark = Symbol.for('FloeError');

// Not in the class: one that names itself is renamed by the build, and Node prints that name.
const isMarked = (kind: unknown, value: unknown): boolean =>
  kind === FloeError && Object(value)[mark] === true;

/** @internal A FloeError for an argument of a wrong type, which W3C's texts refuse by a TypeError. */
export class FloeTypeError extends TypeError {
  declare readonly code: FloeErrorCode;
  declare readonly hint: string;

  constructor(code: FloeErrorCode, message: string, hint = '') {
    super(`${message} ${hint}`.trim());
    this.code = code;
    this.hint = hint;
  }
}

for (const { prototype } of [FloeError, FloeTypeError]) Object.assign(prototype, { [mark]: true });

/** @internal What waited for something that one of its users closed. */
export function closedError(what: string): FloeError {
  return new FloeError('AbortError', 'closed', `The ${what} was closed.`);
}

/** @internal `what` has stopped for good: a FloeError says why, and anything else is a defect. */
export function stoppedError(what: string, cause: unknown): FloeError {
  if (cause instanceof FloeError) return cause;
  return new FloeError('OperationError', 'engine-lost', `${what} stopped: ${cause}`, {
    hint: 'This is a defect of floe. Please report it.',
    cause,
  });
}

/** @internal `advice` says where the module may come from. */
export function notLoadedError(file: string, advice: string, cause: unknown): FloeError {
  return new FloeError('NetworkError', 'module-not-loaded', `${file} did not load: ${cause}`, {
    hint: `${advice} A content security policy must allow 'wasm-unsafe-eval' in script-src.`,
    cause,
  });
}

/** @internal What the engine or a server refused. Their codes are part of FloeErrorCode. */
export function refusedError(code: string, message: string): FloeError {
  return new FloeError('OperationError', code as FloeErrorCode, message);
}
