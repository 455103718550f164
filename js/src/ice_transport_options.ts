import type { LinkOptions } from './front/engine_link.js';
import type { Gateway } from './gateway.js';
import type { IceRole } from './ice_parameters.js';

export interface IceServer {
  urls: string | string[];
  username?: string;
  credential?: string;
}

export type IceGatherPolicy = 'all' | 'relay';

export type IceTransportState =
  'new' | 'checking' | 'connected' | 'completed' | 'disconnected' | 'failed' | 'closed';

export type IceGatheringState = 'new' | 'gathering' | 'complete';

export interface IceTransportOptions extends LinkOptions {
  /** Whose sockets to use. One made here from a URL is closed with the transport. */
  gateway: Gateway | string | URL;
  /** For a gateway made from a URL. */
  token?: string | undefined;
  /** A hint: start() may say otherwise, and ICE settles a conflict. Default: controlling. */
  role?: IceRole | undefined;
  /** Only these addresses of the gateway, at most 255. Default: all. */
  addresses?: string[] | undefined;
  /** 1 to 256. Default: 1. */
  components?: number | undefined;
  /** `strict` spaces all checks as RFC 8445 does. Default: `default`, which is faster. */
  pacing?: 'default' | 'strict' | undefined;
  /** Milliseconds between two checks, 5 or more. Default: 50. */
  ta?: number | undefined;
}

export interface IceGatherOptions {
  /** STUN and TURN servers. This version uses none: each gets an icecandidateerror. */
  iceServers?: IceServer[] | undefined;
  /** `relay` needs TURN, which this version does not have. */
  gatherPolicy?: IceGatherPolicy | undefined;
  /** Only addresses of this family. */
  family?: 4 | 6 | undefined;
  /** Only these ports of the gateway, both included. */
  portRange?: readonly [number, number] | undefined;
  /** Stops the transport when it aborts. */
  signal?: AbortSignal | undefined;
}
