// Starts the gateway and the device, says where to look, and waits for Ctrl-C.
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { Control } from './control.mjs';
import { Part } from './part.mjs';
import { startDevice, startGateway } from './services.mjs';

const kPort = 8080;
const kLoopback = '127.0.0.1';

function ownAddress() {
  for (const addresses of Object.values(networkInterfaces())) {
    const usable = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
    if (usable) return usable.address;
  }
  throw new Error('this machine has no IPv4 address but loopback, so --lan has nothing to offer');
}

/// The URL of demo/direct, with the same token.
function directly(url) {
  const { origin, hash } = new URL(url);
  return `${origin}/direct/${hash.startsWith('#token=') ? hash : ''}`;
}

const say = (text) => console.error(`demo/run: ${text}`);

/// The parts, which keep their address and their token when they are started again.
class Demo {
  #common;
  #gateway; // the first one, whose address the later ones take
  #control;

  constructor({ bind, secret }) {
    this.#common = { bind, secret, showErrors: true };
    const part = (name, launch) =>
      new Part(name, launch, (text, isUnasked) => this.#tell(text, isUnasked));
    this.parts = {
      gateway: part('gateway', (options) => this.#startGateway(options)),
      device: part('device', (options) =>
        startDevice({ gateway: this.#gateway, ...this.#common, ...options }),
      ),
    };
  }

  /// Resolves with the URL to open.
  async start(port) {
    const { bind, secret } = this.#common;
    this.#gateway = await this.#firstGateway(`${bind}:${port ?? kPort}`, port !== undefined);
    await this.parts.device.start();
    const { address } = this.#gateway;
    if (secret) return `http://${address}/?auto#token=${secret}`;
    const origins = [kLoopback, 'localhost'].map((host) => address.replace(bind, `http://${host}`));
    this.#control = new Control(this.parts, origins);
    return `http://${address}/?auto#control=${await this.#control.listen()}`;
  }

  async stop() {
    this.#control?.close();
    await this.parts.device.stop();
    await this.parts.gateway.stop();
  }

  async startWhatIsDown() {
    for (const part of Object.values(this.parts).filter(({ isDown }) => isDown)) {
      await part.start().catch((error) => say(error.message));
    }
  }

  /// On the usual port, or on any port when the usual one is taken and no port was asked for.
  async #firstGateway(listen, isWanted) {
    this.listen = listen;
    try {
      return await this.parts.gateway.start();
    } catch (error) {
      if (isWanted || !/in use/.test(error.message)) throw error;
      this.listen = `${this.#common.bind}:0`;
      return this.parts.gateway.start();
    }
  }

  #startGateway(options) {
    const listen = this.#gateway?.address ?? this.listen;
    return startGateway({ listen, ...this.#common, ...options });
  }

  #tell(text, isUnasked) {
    if (!isUnasked) return say(`${text}.`);
    const ways = [
      ...(this.#control ? ['its button on the page'] : []),
      ...(process.stdin.isTTY ? ['Enter here'] : []),
    ];
    const how = ways.length > 0 ? `; ${ways.join(' or ')} starts it again` : '';
    say(`${text}. The demo goes on${how}.`);
  }
}

export async function serve({ lan, port }) {
  const left = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  let demo;
  let status = 1;
  try {
    const bind = lan ? ownAddress() : kLoopback;
    demo = new Demo({ bind, secret: lan ? randomBytes(18).toString('base64url') : undefined });
    const url = await Promise.race([demo.start(port), left.then(() => undefined)]);
    if (url) {
      console.log(`\n  Open ${url}\n`);
      console.log(`  or ${directly(url)} for a page without Floe, by RTCPeerConnection`);
      console.log('  A device is in the room and echoes all messages. Ctrl-C ends the demo.');
      if (process.stdin.isTTY) process.stdin.on('data', () => void demo.startWhatIsDown());
    }
    await left;
    status = 0;
  } catch (error) {
    say(error.message);
  }
  process.stdin.pause();
  await demo?.stop();
  return status;
}
