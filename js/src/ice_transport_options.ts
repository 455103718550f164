import type { LinkOptions } from './front/engine_link.js';
import type { Gateway } from './gateway.js';
import type { IceRole } from './ice_parameters.js';
import type { IceServer } from './ice_server.js';

export type IceGatherPolicy = 'all' | 'relay';

/**
 * How a controlling agent chooses the pair. `regular`: once. `renomination`: again when a better one
 * works, if the peer supports it. `aggressive`: the method of RFC 5245, for old peers.
 */
export type IceNomination = 'regular' | 'aggressive' | 'renomination';

export type IceTransportState =
  'new' | 'checking' | 'connected' | 'completed' | 'disconnected' | 'failed' | 'closed';

export type IceGatheringState = 'new' | 'gathering' | 'complete';

export interface IceTransportOptions extends LinkOptions {
  /**
   * The gateway that provides the sockets. One made from a URL is closed with the transport. Default:
   * the system's own sockets, in Node, Deno and Bun. A page must name a gateway.
   */
  gateway?: Gateway | string | URL | undefined;
  /** The token for a gateway made from a URL. */
  token?: string | undefined;
  /**
   * A hint: ICE settles a conflict, and the peer of a lite agent is controlling. Default: controlling
   * with a Negotiation, and what start() names without one.
   */
  role?: IceRole | undefined;
  /**
   * Only these addresses, at most 255. Default: all of the gateway's; of the system's, all but
   * loopback and link-local ones.
   */
  addresses?: string[] | undefined;
  /**
   * Without a gateway: the loopback address, too, for a peer on the same machine. Default: false.
   */
  loopback?: boolean | undefined;
  /** 1 to 256. Default: 1. */
  components?: number | undefined;
  /** `strict` spaces all checks as RFC 8445 does. Default: `default`, which is faster. */
  pacing?: 'default' | 'strict' | undefined;
  /** Milliseconds between two checks, 5 or more. Default: 50. */
  ta?: number | undefined;
  /** Default: `regular`. */
  nomination?: IceNomination | undefined;
  /** Answers checks and sends none: for a gateway that every peer can reach. Default: false. */
  lite?: boolean | undefined;
}

export interface IceGatherOptions {
  /**
   * STUN servers, which the gateway's sockets ask: `stun:HOST` or `stun:HOST:PORT`. TURN servers
   * with their credentials: `turn:HOST`, `turn:HOST?transport=tcp`, `turns:HOST`. For TCP and TLS,
   * the gateway connects to the server and verifies TLS; its operator must have allowed the server.
   * Each server that gives no address causes an icecandidateerror event.
   */
  iceServers?: IceServer[] | undefined;
  /** `relay` hides the addresses of the gateway. Without a TURN server it finds no candidate at all. */
  gatherPolicy?: IceGatherPolicy | undefined;
  /** Only addresses of this family. */
  family?: 4 | 6 | undefined;
  /** Only these ports of the gateway, both included. */
  portRange?: readonly [number, number] | undefined;
  /** Stops the transport when it aborts. */
  signal?: AbortSignal | undefined;
}
