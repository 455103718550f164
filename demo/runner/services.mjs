// The gateway and the device of the demo.
import path from 'node:path';
import { LineProcess, root } from './process.mjs';

const binary = (name) => path.join(root, 'build', 'bin', name);
export const kRoom = 'demo';

/// Each process is pushed to `started` before it is ready, so that a caller can always end it.

/// `listen` is ADDRESS:PORT, `bind` the address for UDP; `secret` undefined: loopback, no token.
/// `options` are further ones of the command.
export async function startGateway({
  listen,
  bind,
  secret,
  documents,
  options = [],
  started,
  onExit,
  showErrors,
}) {
  const gateway = new LineProcess(
    'gateway',
    [
      binary('floe-gateway'),
      ...['--listen', listen, '--bind', bind],
      ...['--documents', documents ?? path.join(root, 'demo', 'web', 'dist')],
      // The device is on the gateway's machine.
      ...(secret
        ? ['--accept-secret', '--allow-private', '--allow-own', bind, '--drain-timeout', '0']
        : ['--insecure-dev']),
      ...options,
    ],
    { env: secret ? { FLOE_GATEWAY_SECRET: secret } : {}, onExit, showErrors },
  );
  started?.push(gateway);
  const { address, turn } = await gateway.line((line) => line.event === 'listening', 5, 'listen');
  gateway.address = address;
  gateway.turn = turn;
  return gateway;
}

export async function startDevice({ gateway, bind, secret, started, onExit, showErrors }) {
  const device = new LineProcess(
    'device',
    [binary('floe-device'), `ws://${gateway.address}/signal/${kRoom}`, '--bind', bind],
    { env: secret ? { FLOE_TOKEN: secret } : {}, onExit, showErrors },
  );
  started?.push(device);
  await device.line(
    (line) => line.event === 'signalling' && line.state === 'joined',
    5,
    'join the room',
  );
  return device;
}
