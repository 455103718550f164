import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import type { TransportAddress } from '../wire/event_reader.js';

/** The time limit until the connection can be sent into, TLS included (platform/api). */
const connectTimeoutMs = 10_000;

export interface StreamEvents {
  connected(local: TransportAddress): void;
  bytes(bytes: Uint8Array): void;
  /** The system took so many bytes that were sent. */
  taken(size: number): void;
  /** Once and last. `reason` is a sentence without a full stop. */
  closed(reason: string): void;
}

/** One TCP connection of the system, with TLS where the server has a name to verify. */
export class SystemStream {
  readonly #socket: Socket;
  readonly #events: StreamEvents;
  readonly #timer: ReturnType<typeof setTimeout>;
  #isClosed = false;

  constructor(remote: TransportAddress, tlsName: string | undefined, events: StreamEvents) {
    this.#events = events;
    this.#socket = open(remote, tlsName);
    this.#socket.setNoDelay(true);
    this.#timer = setTimeout(() => this.#finish('the server does not answer'), connectTimeoutMs);
    this.#socket.once(tlsName === undefined ? 'connect' : 'secureConnect', () => this.#onOpen());
    this.#socket.on('data', (bytes) => this.#events.bytes(bytes));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#finish(reasonOf(error)));
    this.#socket.on('close', () => this.#finish('the server closed the connection'));
  }

  send(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    this.#socket.write(bytes, (error) => {
      if (!error && !this.#isClosed) this.#events.taken(bytes.length);
    });
  }

  /** Nothing more is heard of it. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket.destroy();
  }

  #onOpen(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    const { localAddress = '', localPort = 0 } = this.#socket;
    this.#events.connected({ address: localAddress, port: localPort });
  }

  #finish(reason: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#events.closed(reason);
  }
}

function open({ address, port }: TransportAddress, tlsName: string | undefined): Socket {
  if (tlsName === undefined) return connectTcp({ host: address, port });
  // A certificate for an address names no server (RFC 6066, section 3).
  const servername = isIP(tlsName) ? '' : tlsName;
  return connectTls({ host: isIP(tlsName) ? tlsName : address, port, servername });
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENETUNREACH: 'there is no route to the server',
  EHOSTUNREACH: 'there is no route to the server',
  ETIMEDOUT: 'the server does not answer',
  ECONNRESET: 'the server reset the connection',
  EACCES: 'this system does not permit the connection',
  EMFILE: 'the system gave no descriptor for a connection',
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is not valid for its name",
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(),
  EPROTO: 'the server does not speak TLS on this port',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server does not speak TLS on this port',
};

function untrusted(): string {
  return "no trusted authority signed the server's certificate";
}

function reasonOf({ code = '', message }: NodeJS.ErrnoException): string {
  return reasons[code] ?? message;
}
