import { closedError, FloeError } from '../floe_error.js';
import { Gateway, type GatewayOptions } from '../gateway.js';
import { within } from '../front/within.js';

/** A server that takes the connection and then says nothing is given up after this time. */
const patienceMs = 5_000;

/** The gateway of a connection: the caller's, or one of its own, which it replaces when it is lost. */
export class GatewayKeeper {
  readonly #url: string | URL | undefined;
  readonly #options: GatewayOptions;
  #gateway: Gateway | undefined;

  constructor(source: Gateway | string | URL, options: GatewayOptions) {
    this.#options = options;
    if (source instanceof Gateway) this.#gateway = source;
    else this.#url = source;
    // A URL that is none is an error at the call.
    if (this.#url !== undefined) this.#gateway = this.#make();
  }

  /** Whether open() may succeed: a caller's gateway that is closed stays closed. */
  get mayOpen(): boolean {
    return this.#url !== undefined || this.#gateway?.state !== 'closed';
  }

  /** Resolves with a gateway that has sockets, or rejects with the reason why there is none. */
  async open(): Promise<Gateway> {
    if (this.#url !== undefined && this.#gateway?.state === 'closed') this.#gateway = this.#make();
    const gateway = this.#gateway!;
    if (gateway.state === 'closed') throw gateway.error ?? closedError('gateway');
    try {
      await within(gateway.ready, patienceMs, () => silentError(gateway.url));
    } catch (error) {
      this.close();
      throw error;
    }
    return gateway;
  }

  /** Closes a gateway of its own. */
  close(): void {
    if (this.#url !== undefined) this.#gateway?.close();
  }

  #make(): Gateway {
    return new Gateway(this.#url!, this.#options);
  }
}

function silentError(url: string): FloeError {
  return new FloeError(
    'NetworkError',
    'gateway-unreachable',
    `No answer from a gateway at ${url}.`,
    {
      hint: 'Check the URL, that the gateway runs, and that no firewall swallows the connection.',
    },
  );
}
