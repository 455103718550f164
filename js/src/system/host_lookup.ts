import { lookup } from 'node:dns/promises';

import { within } from '../front/within.js';

/** A host answers a lookup within this time (platform/api/resolver.h). */
const lookupTimeoutMs = 5_000;

export interface LookupAnswer {
  addresses: string[];
  /** Why there are none, as a sentence without a full stop. */
  error: string;
}

/** The addresses of a host name, in the order of RFC 6724 as the system knows it. */
export async function lookUp(name: string): Promise<LookupAnswer> {
  try {
    const silent = (): Error => new Error('the name servers do not answer');
    const found = await within(lookup(name, { all: true }), lookupTimeoutMs, silent);
    return { addresses: found.map(({ address }) => address), error: '' };
  } catch (error) {
    return { addresses: [], error: reasonOf(error as NodeJS.ErrnoException) };
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOTFOUND') return 'no such name';
  if (code === 'EAI_AGAIN') return 'the name servers do not answer';
  return message;
}
