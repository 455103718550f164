#!/usr/bin/env node
// The command of the package: agents, and tools that say what of a network works.

/** What each command is, and the file whose run(args, name) is it. */
const commands = {
  agent: ['run an agent: signalling and orders in, reports out', './agent/command.mjs'],
  echo: ['be a device: join a room, and send each datagram back', './echo/command.mjs'],
  stun: ['ask a STUN server for the public address of this machine', './tools/command.mjs'],
  turn: ['try a TURN server: allocate, relay, measure each step', './tools/command.mjs'],
  nat: ["find out how this machine's NAT behaves (RFC 5780)", './tools/command.mjs'],
  doctor: ["examine this machine's network, and say what to do", './tools/command.mjs'],
};

const usage = `usage: floe COMMAND [options]

${Object.entries(commands)
  .map(([name, [what]]) => `  ${name.padEnd(8)} ${what}`)
  .join('\n')}

floe COMMAND --help tells the options. No server is asked that you do not name.
`;

async function main([name = '', ...args]) {
  if (['--help', '-h'].includes(name)) return void process.stdout.write(usage);
  if (!Object.hasOwn(commands, name)) {
    process.stderr.write(name ? `floe: no such command: ${name}\n\n${usage}` : usage);
    process.exitCode = 2;
    return;
  }
  const [, file] = commands[name];
  const { run } = await import(new URL(file, import.meta.url));
  process.exitCode = await run(args, name);
}

await main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`floe: ${error.message}\n`);
  process.exitCode = 1;
});
