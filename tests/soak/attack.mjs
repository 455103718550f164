// Runs on the world's machine: attack.mjs NAME. The first line of its input is the target in JSON; it
// answers with {} when the attack has begun, and to the next line with what the attack has done.
import { createInterface } from 'node:readline';

const { begin } = await import(`./attacks/${process.argv[2]}.mjs`);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const told = await begin(JSON.parse((await lines.next()).value));
console.log('{}');
await lines.next();
console.log(JSON.stringify(told()));
process.exit(0);
