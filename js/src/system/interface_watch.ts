import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

import type { SystemNetworkOptions } from '../front/socket_source.js';
import { sourceTowards } from './source_address.js';

/** Runtimes do not announce a change of interfaces, so they are asked so often. */
const pollMs = 2_000;

/** Addresses for documentation (RFC 5737, RFC 3849): no route but the default one leads there. */
const farAway = ['2001:db8::1', '192.0.2.1'];

const loopbackAddress = '127.0.0.1';

export interface InterfaceAddress {
  address: string;
  interfaceName: string;
  isTunnel: boolean;
}

/** `loopback` is where programs of this machine meet; empty: nowhere, since others are named. */
type Tell = (addresses: readonly InterfaceAddress[], loopback: string) => void;

/** Tells the addresses for sockets at once, and again when they have changed, until stop(). */
export class InterfaceWatch {
  readonly #options: SystemNetworkOptions;
  readonly #tell: Tell;
  readonly #timer: ReturnType<typeof setInterval>;
  #seen = '';
  #isStopped = false;

  constructor(options: SystemNetworkOptions, tell: Tell) {
    this.#options = options;
    this.#tell = tell;
    this.#timer = setInterval(() => void this.#look(), pollMs);
    this.#timer.unref?.();
    void this.#look();
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const found = interfaceAddresses();
    const seen = JSON.stringify(found);
    if (seen === this.#seen) return;
    this.#seen = seen;
    const { addresses: only = [], loopback = false } = this.#options;
    const addresses = only.length > 0 ? named(only, found) : await usable(found, loopback);
    if (!this.#isStopped) this.#tell(addresses, only.length > 0 ? '' : loopbackAddress);
  }
}

function interfaceAddresses(): InterfaceAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([interfaceName, infos = []]) =>
    infos.map((info) => ({
      address: info.address,
      interfaceName,
      isTunnel: isTunnel(interfaceName, info),
    })),
  );
}

/** A VPN is a link without a hardware address, or is known by the name that its driver gives it. */
function isTunnel(name: string, { mac, internal }: NetworkInterfaceInfo): boolean {
  if (internal) return false;
  return mac === '00:00:00:00:00:00' || /^(tun|utun|tap|wg|ppp|ipsec)\d/.test(name);
}

/** The addresses that the user named, also if no interface has them: binding then says so. */
function named(only: readonly string[], found: readonly InterfaceAddress[]): InterfaceAddress[] {
  return only.map(
    (address) =>
      found.find((one) => one.address === address) ?? {
        address,
        interfaceName: '',
        isTunnel: false,
      },
  );
}

/** Those by which the outside is reached come first: a machine may have dozens of bridges. */
async function usable(
  found: readonly InterfaceAddress[],
  loopback: boolean,
): Promise<InterfaceAddress[]> {
  const sources = await Promise.all(farAway.map((address) => sourceTowards(address, 9)));
  const chosen = found.filter(({ address }) => isForCandidates(address));
  const rank = ({ address }: InterfaceAddress): number => Number(!sources.includes(address));
  chosen.sort((a, b) => rank(a) - rank(b));
  if (loopback) {
    chosen.push({ address: loopbackAddress, interfaceName: 'loopback', isTunnel: false });
  }
  return chosen;
}

/** Loopback and link-local addresses are used only when they are named. */
function isForCandidates(address: string): boolean {
  if (!address.includes(':')) return !/^(127|169\.254)\./.test(address);
  return address !== '::1' && !/^(fe[89ab]|ff)/i.test(address) && !/^::ffff:/i.test(address);
}
