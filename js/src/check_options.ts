import { FloeTypeError } from './floe_error.js';
import { namePattern, nameRule } from './room_url.js';

// What Web IDL checks before a method begins: it throws TypeErrors for wrong types and values.

/** Each in the order of the engine's own. */
export const enumerations = {
  role: ['controlling', 'controlled'],
  nomination: ['regular', 'aggressive', 'renomination'],
  pacing: ['default', 'strict'],
  gatherPolicy: ['all', 'relay'],
  family: [4, 6],
  encryption: ['dtls', 'none'],
  direct: ['never', 'prefer', 'only'],
} as const;

/** `wanted` says what `name` should be. */
export function refuse(name: string, wanted: string): never {
  throw new FloeTypeError('bad-argument', `${name} is not ${wanted}.`);
}

/** A dictionary of Web IDL: undefined and null are one without members. */
export function dictionary<T extends object>(value: T | null | undefined, name = 'options'): T {
  if (value != null && typeof value !== 'object') refuse(name, 'an object');
  return value ?? ({} as T);
}

/**
 * A dictionary of options: one of the same name means the same wherever it is taken. When `signal`
 * has aborted already, its reason is thrown.
 */
export function checkedOptions<T extends object>(value: T | undefined): T {
  const options = dictionary(value) as T & Readonly<Record<string, unknown>>;
  const { signal, portRange = [1, 65535], components = 1, ta = 5, offers = [], seeks } = options;
  for (const [name, allowed] of Object.entries<readonly unknown[]>(enumerations)) {
    const { [name]: given = allowed[0] } = options;
    if (!allowed.includes(given)) refuse(name, allowed.join(' or '));
  }
  checkInteger('components', components, 1, 256);
  checkInteger('ta', ta, 5, 65535);
  const [min, max] = Array.isArray(portRange) ? (portRange as unknown[]) : [];
  checkInteger('portRange[0]', min, 1, 65535);
  checkInteger('portRange[1]', max, Number(min), 65535);
  if (!Array.isArray(offers) || offers.length > 8 || !offers.every(isName)) {
    refuse('offers', `an array of at most 8 names: ${nameRule}`);
  }
  if (seeks !== undefined && !isName(seeks)) refuse('seeks', `a name: ${nameRule}`);
  if (signal instanceof AbortSignal) signal.throwIfAborted();
  else if (signal !== undefined) refuse('signal', 'an AbortSignal');
  return options;
}

function checkInteger(name: string, value: unknown, min: number, max: number): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return;
  refuse(name, `an integer from ${min} to ${max}`);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && namePattern.test(value);
}

/** Calls `end` with the reason when `signal` aborts. */
export function onAbort(signal: AbortSignal | undefined, end: (reason: unknown) => void): void {
  signal?.addEventListener('abort', () => end(signal.reason), { once: true });
}
