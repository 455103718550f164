import { platform } from '#platform';

import { FloeTypeError } from '../floe_error.js';
import { engineLink, type LinkOptions } from './engine_link.js';
import type { SocketSource, SystemNetworkOptions } from './socket_source.js';

/** Whether this runtime gives UDP sockets to scripts, so that no gateway is needed. */
export function hasSystemNetwork(): boolean {
  return platform.openNetwork !== undefined;
}

/** The sockets of the system. Throws where a gateway is needed. */
export function openSystemNetwork(link: LinkOptions, options: SystemNetworkOptions): SocketSource {
  if (!platform.openNetwork) throw noGatewayError();
  return platform.openNetwork(engineLink(link), options);
}

export function noGatewayError(): TypeError {
  return new FloeTypeError(
    'no-gateway',
    'There is no gateway.',
    'Pass its URL as `gateway`: a page has no UDP sockets of its own. Node, Deno and Bun have.',
  );
}
