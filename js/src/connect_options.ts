import { checkedOptions, dictionary } from './check_options.js';
import { FloeTypeError } from './floe_error.js';
import type { DataLayer } from './data_layer.js';
import { hasSystemNetwork, noGatewayError } from './front/system_network.js';
import type { LinkOptions } from './front/engine_link.js';
import type { Gateway } from './gateway.js';
import { namedServers, type IceServer } from './ice_server.js';
import type { IceTransport } from './ice_transport.js';
import { expectedPeers, type SecurityOptions } from './security.js';
import type { SignalingClient } from './signaling_client.js';
import type { WaitingEvent } from './connection_events.js';

export interface ConnectOptions extends LinkOptions, SecurityOptions {
  /** The signalling server, without the room. A client made from a URL closes with the connection. */
  signaling: SignalingClient | string | URL;
  /**
   * The gateway that gives the sockets. One made from a URL is replaced when it is lost, and
   * is closed with the connection. Default: the system's own sockets, in Node, Deno and Bun. A page
   * must name a gateway, unless `direct` is "only".
   */
  gateway?: Gateway | string | URL | undefined;
  /** The room in which the peers meet. */
  room?: string | undefined;
  /** The name of this end in the room. Default: "page". */
  name?: string | undefined;
  /** The name of the peer to connect to. Default: any; the members are tried one after the other. */
  peer?: string | undefined;
  /**
   * The service that the peer must offer. Members that say they do are tried first, then those that
   * say nothing of what they offer. Default: any.
   */
  seeks?: string | undefined;
  /** The services that this end offers, at most 8 names: others seek them. Default: none. */
  offers?: string[] | undefined;
  /** The token for a gateway and a signalling client that are made from URLs. */
  token?: string | undefined;
  iceServers?: IceServer[] | undefined;
  /**
   * "prefer": in a page, the browser's own WebRTC looks for a path to the peer besides, and is used
   * while it has one; the gateway serves until then, and again when the direct path is lost. The peer
   * hears of this end as of two members of the room.
   *
   * "only": the browser's own WebRTC is all there is, without a gateway. The peer has data channels, or
   * is a page with "only", too. There is no `transport`, and `security.words` is empty: pass
   * `expectedFingerprint`, or trust the signalling server. Default: "never".
   */
  direct?: 'never' | 'prefer' | 'only' | undefined;
  /**
   * Experimental: where Chromium has its RtcTransport (`--enable-blink-features=RTCRtpTransport`),
   * `direct` uses that instead of RTCPeerConnection, also in SharedWorkers. Default: false.
   */
  rtcTransport?: boolean | undefined;
  /** DataChannels of floe/channels, for channels beside the datagrams. Default: none. */
  channels?: DataLayer | undefined;
  /** Called with each transport before it is connected, so that you can watch it connect. */
  ontransport?: ((transport: IceTransport) => void) | undefined;
  /** Called with each `waiting` event, also before connect() has resolved. */
  onwaiting?: ((event: WaitingEvent) => void) | undefined;
  /** When it aborts, connect() gives up; later it closes the connection. */
  signal?: AbortSignal | undefined;
}

/** The names of 0.1: `signal` was the signalling server, and `abort` the AbortSignal. */
export interface OldConnectOptions extends Omit<ConnectOptions, 'signaling' | 'signal'> {
  /** @deprecated Call it `signaling`. */
  signal: SignalingClient | string | URL;
  /** @deprecated Call it `signal`. */
  abort?: AbortSignal | undefined;
}

let hasWarned = false;

/** The options by their present names. Throws for those that cannot be right. */
export function presentOptions(options: ConnectOptions | OldConnectOptions): ConnectOptions {
  const given = dictionary(options);
  const present = checkedOptions(isOld(given) ? renamed(given) : given);
  if (present.signaling === undefined) {
    throw new FloeTypeError(
      'no-signaling',
      'connect() needs a signalling server.',
      'Pass its URL as `signaling`, and the room as `room`.',
    );
  }
  namedServers(present.iceServers);
  expectedPeers(present);
  const needsGateway = present.direct !== 'only' && !hasSystemNetwork();
  if (present.gateway === undefined && needsGateway) throw noGatewayError();
  return present;
}

function isOld(options: ConnectOptions | OldConnectOptions): options is OldConnectOptions {
  if ('abort' in options) return true;
  const { signal } = options;
  return signal !== undefined && !(signal instanceof AbortSignal);
}

function renamed({ signal, abort, ...rest }: OldConnectOptions): ConnectOptions {
  if (!hasWarned) {
    console.warn(
      'floe: connect() calls the signalling server `signaling` now, and the AbortSignal `signal`. ' +
        'The old names end with the next version.',
    );
  }
  hasWarned = true;
  return { ...rest, signaling: signal, signal: abort };
}
