import { parseArgs } from 'node:util';

import { iceServers } from '../agent/server_options.mjs';

const bindHelp = `  --bind ADDR          local address to ask from (default: chosen by the route to the server)
  --json               print one JSON object instead of text for people`;
const familyHelp = `  --family 4|6         use an address of one family`;

const usages = {
  stun: `usage: floe stun URI [options]

  URI                  the server: stun:HOST[:PORT], or stuns:HOST[:PORT] over TLS
  --tcp                ask over TCP
  --user U, --pass P   for a server that asks for them
${familyHelp}
${bindHelp}
`,
  turn: `usage: floe turn URI [options]

  URI                  the server: turn:HOST[:PORT], with ?transport=tcp over TCP, or turns:HOST[:PORT]
  --user U, --pass P   the user that the server knows
  --pass-env VAR       the variable of the environment that has the password
${familyHelp}
${bindHelp}
`,
  nat: `usage: floe nat URI [options]

  URI                  the server: stun:HOST or stun:HOST:PORT, by name or address
${familyHelp}
${bindHelp}
`,
  doctor: `usage: floe doctor [options]

  --stun URI           ask this server: stun:HOST[:PORT]; may be repeated
  --turn URI           try this server: turn:HOST[:PORT], with ?transport=tcp over TCP, or turns:HOST;
                       more may be named, each followed by its
  --turn-user U        user and
  --turn-pass P        password, or
  --turn-pass-env VAR  the variable of the environment that has the password
${bindHelp}
`,
};

const common = {
  bind: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};
const family = { type: 'string' };
const user = { user: { type: 'string' }, pass: { type: 'string' } };
const known = {
  stun: { ...common, ...user, family, tcp: { type: 'boolean', default: false } },
  turn: { ...common, ...user, family, 'pass-env': { type: 'string' } },
  nat: { ...common, family },
  doctor: {
    ...common,
    stun: { type: 'string', multiple: true },
    turn: { type: 'string', multiple: true },
    'turn-user': { type: 'string', multiple: true },
    'turn-pass': { type: 'string', multiple: true },
    'turn-pass-env': { type: 'string', multiple: true },
  },
};

export function usageOf(tool) {
  return usages[tool];
}

/** What runTool() takes; undefined when help is wanted. Throws the text of a mistake. */
export function readOptions(args, tool) {
  const options = known[tool];
  const allowPositionals = tool !== 'doctor';
  const { values, positionals, tokens } = parseArgs({
    ...{ args, options, allowPositionals, tokens: true },
  });
  if (values.help) return undefined;
  if (values.family !== undefined && !['4', '6'].includes(values.family)) {
    throw new Error(`--family ${values.family}: not valid; allowed: 4, 6`);
  }
  const servers = tool === 'doctor' ? serversOf(tokens) : [serverOf(positionals, values)];
  const { json, tcp, bind } = values;
  return { tool, servers, json, tcp, bind, family: values.family && Number(values.family) };
}

function serversOf(tokens) {
  return iceServers(tokens.filter(({ kind }) => kind === 'option')).map(
    ({ urls, username = '', credential = '' }) => ({ url: urls, username, credential }),
  );
}

function serverOf(positionals, values) {
  if (positionals.length !== 1) throw new Error('name one server');
  const variable = values['pass-env'];
  if (variable !== undefined && process.env[variable] === undefined) {
    throw new Error(`--pass-env: there is no variable ${variable} in the environment`);
  }
  const credential = variable === undefined ? (values.pass ?? '') : process.env[variable];
  return { url: positionals[0], username: values.user ?? '', credential };
}
