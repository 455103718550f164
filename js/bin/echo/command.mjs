// `floe echo`: a device in one line. It joins a room, and sends each datagram back.
import { parseArgs } from 'node:util';

import { serverUri } from '../agent/server_options.mjs';
import { EchoDevice } from './echo_device.mjs';

const usage = `usage: floe echo ROOM-URL [options]

  ROOM-URL        ws(s)://HOST/signal/ROOM
  --gateway URL   ws(s)://HOST/tunnel: use the sockets of this gateway; default: this machine's own
  --name NAME     how the others see it (default: device)
  --stun URI      ask this server for public addresses: stun:HOST[:PORT]; may be repeated
  --token TOKEN   for the signalling server and the gateway; default: $FLOE_TOKEN
  --duration S    end after so many seconds (default: when it is interrupted)
`;

const known = {
  gateway: { type: 'string' },
  name: { type: 'string', default: 'device' },
  stun: { type: 'string', multiple: true, default: [] },
  token: { type: 'string', default: process.env.FLOE_TOKEN ?? '' },
  duration: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Runs until it is interrupted, or the server refuses it; resolves with the exit status. */
export async function run(args) {
  let values, positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options: known, allowPositionals: true }));
    if (!values.help && positionals.length !== 1) throw new Error('name one room by its URL');
    for (const uri of values.stun) serverUri('stun', uri);
    if (!/^\d*\.?\d*$/.test(values.duration ?? '')) throw new Error('--duration has seconds');
  } catch (error) {
    process.stderr.write(`floe echo: ${error.message}\n\n${usage}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const device = new EchoDevice(positionals[0], values, (line) => console.log(line));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => device.close());
  if (values.duration) setTimeout(() => device.close(), Number(values.duration) * 1000).unref();
  return device.finished;
}
