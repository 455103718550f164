// demo/run, once everything is built.
import { check } from './check.mjs';
import { serve } from './serve.mjs';

const args = process.argv.slice(2);
const options = { lan: false, check: false, port: undefined };
for (let i = 0; i < args.length; ++i) {
  if (args[i] === '--check') options.check = true;
  else if (args[i] === '--lan') options.lan = true;
  else if (args[i] === '--port' && /^\d{1,5}$/.test(args[i + 1] ?? ''))
    options.port = Number(args[++i]);
  else {
    console.error(`demo/run: ${args[i]} is not understood; see demo/run --help`);
    process.exit(2);
  }
}

process.exitCode = options.check ? await check() : await serve(options);
