// Starts the gateway and the device, says where to look, and waits for Ctrl-C.
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { startDevice, startGateway } from './services.mjs';

const kPort = 8080;

function ownAddress() {
  for (const addresses of Object.values(networkInterfaces())) {
    const usable = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
    if (usable) return usable.address;
  }
  throw new Error('this machine has no IPv4 address but loopback, so --lan has nothing to offer');
}

export async function serve({ lan, port }) {
  const started = [];
  let leave;
  const left = new Promise((resolve) => (leave = resolve));
  const onExit = (error) => {
    console.error(`demo/run: ${error.message}`);
    leave(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => leave(0));
  let status = 1;
  try {
    const bind = lan ? ownAddress() : '127.0.0.1';
    const secret = lan ? randomBytes(18).toString('base64url') : undefined;
    const common = { bind, secret, started, onExit, showErrors: true };
    const gateway = await listen({ ...common, host: bind, port });
    await startDevice({ gateway, ...common });
    const token = secret ? `#token=${secret}` : '';
    console.log(`\n  Open http://${gateway.address}/?auto${token}\n`);
    console.log('  A device is in the room and echoes all messages. Ctrl-C ends the demo.');
    status = await left;
  } catch (error) {
    console.error(`demo/run: ${error.message}`);
  }
  await Promise.all(started.reverse().map((child) => child.stop()));
  return status;
}

/// Listens on the usual port, or on any port when the usual one is taken and no port was asked for.
async function listen({ host, port, ...options }) {
  try {
    return await startGateway({
      listen: `${host}:${port ?? kPort}`,
      ...options,
      onExit: undefined,
    });
  } catch (error) {
    if (port !== undefined || !/in use/.test(error.message)) throw error;
    return startGateway({ listen: `${host}:0`, ...options });
  }
}
