// Runs on the gateway's machine: for each line with a URL it prints a line with the text found there,
// or null.
import { createInterface } from 'node:readline';

for await (const url of createInterface({ input: process.stdin })) {
  const text = await fetch(url, { signal: AbortSignal.timeout(15_000) })
    .then((answer) => answer.text())
    .catch(() => null);
  console.log(JSON.stringify(text));
}
