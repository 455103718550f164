import type { ConnectOptions } from '../connect_options.js';
import type { IceTransportOptions } from '../ice_transport_options.js';
import { isOnThisHost } from '../web_socket_url.js';
import type { AttemptMaker, AttemptSource } from './attempt.js';
import { GatewayKeeper } from './gateway_keeper.js';
import { TransportAttempt } from './transport_attempt.js';

/** Attempts by our own ICE, through a gateway or the system's sockets. */
export class TransportSource implements AttemptSource {
  readonly #options: ConnectOptions;
  /** Undefined: the sockets are the system's own. */
  readonly #gateways: GatewayKeeper | undefined;

  constructor(options: ConnectOptions) {
    const { signal: _, ...link } = options;
    this.#options = options;
    if (options.gateway !== undefined) this.#gateways = new GatewayKeeper(options.gateway, link);
  }

  get mayOpen(): boolean {
    return this.#gateways?.mayOpen !== false;
  }

  async open(): Promise<AttemptMaker> {
    const gateway = await this.#gateways?.open();
    const { iceServers, encryption, expectedFingerprint, channels, ontransport } = this.#options;
    const negotiation = { encryption, expectedFingerprint, channels };
    return (parts) => {
      const sockets = gateway ? { gateway } : this.#systemSockets(parts.signaling.url);
      const attempt = new TransportAttempt({ ...parts, sockets, iceServers, negotiation });
      ontransport?.(attempt.transport);
      return attempt;
    };
  }

  close(): void {
    this.#gateways?.close();
  }

  #systemSockets(room: string): IceTransportOptions {
    const { WebSocket, random, log } = this.#options;
    // The peer of a room on this machine is on this machine, too, as far as anybody knows.
    return { WebSocket, random, log, loopback: isOnThisHost(room) };
  }
}
