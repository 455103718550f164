import { Connection } from './connection.js';
import { FloeError } from './floe_error.js';
import type { LinkOptions } from './front/engine_link.js';
import { Deferred } from './front/deferred.js';
import { Gateway } from './gateway.js';
import type { IceTransport } from './ice_transport.js';
import type { IceServer } from './ice_server.js';
import { SignalingClient, type SignalingPeer } from './signaling_client.js';
import type { SignalingMessageEvent } from './signaling_events.js';

export interface ConnectOptions extends LinkOptions {
  /** The signalling server, without the room. A client made from a URL closes with the connection. */
  signal: SignalingClient | string | URL;
  /** The gateway that gives the sockets. One made from a URL is closed with the connection. */
  gateway: Gateway | string | URL;
  /** The room in which the peers meet. */
  room?: string | undefined;
  /** The name of this end in the room. Default: "page". */
  name?: string | undefined;
  /** The name of the peer to connect to. Default: the first peer in the room, else the next to join. */
  peer?: string | undefined;
  /** The token for a gateway and a signalling client that are made from URLs. */
  token?: string | undefined;
  iceServers?: IceServer[] | undefined;
  /** Called with the transport before it is connected, so that you can watch it connect. */
  ontransport?: ((transport: IceTransport) => void) | undefined;
  /** When it aborts, connect() gives up; later it closes the connection. */
  abort?: AbortSignal | undefined;
}

/**
 * Meets a peer in a room and connects to it: resolves when datagrams can be sent. Waits for the
 * peer without a time limit; `abort` ends the wait.
 */
export async function connect(options: ConnectOptions): Promise<Connection> {
  options.abort?.throwIfAborted();
  const ownsGateway = !(options.gateway instanceof Gateway);
  const ownsSignaling = !(options.signal instanceof SignalingClient);
  const gateway =
    options.gateway instanceof Gateway
      ? options.gateway
      : new Gateway(options.gateway, noSignal(options));
  const signaling =
    options.signal instanceof SignalingClient
      ? options.signal
      : new SignalingClient(options.signal, noSignal(options));
  const closeOwned = (): void => {
    if (ownsGateway) gateway.close();
    if (ownsSignaling) signaling.close();
  };
  // A message may come at the same moment as its sender joins, before the connection listens.
  const early: SignalingMessageEvent[] = [];
  const keep = (event: SignalingMessageEvent): number => early.push(event);
  signaling.addEventListener('message', keep);
  try {
    const peer = await firstOf(
      findPeer(signaling, options.peer),
      gateway,
      signaling,
      options.abort,
    );
    const connection = new Connection({ ...options, peer, gateway, signaling, closeOwned });
    options.ontransport?.(connection.transport);
    for (const event of early) connection.receive(event);
    await firstOf(connection.connected, gateway, signaling, options.abort).catch(
      (error: unknown) => {
        connection.close();
        throw error;
      },
    );
    return connection;
  } catch (error) {
    closeOwned();
    throw error;
  } finally {
    signaling.removeEventListener('message', keep);
  }
}

async function findPeer(
  signaling: SignalingClient,
  name: string | undefined,
): Promise<SignalingPeer> {
  const matches = (peer: SignalingPeer): boolean => name === undefined || peer.name === name;
  const newcomer = new Deferred<SignalingPeer>();
  signaling.addEventListener('peerjoined', ({ peer }) => {
    if (matches(peer)) newcomer.resolve(peer);
  });
  await signaling.joined;
  return signaling.peers.find(matches) ?? newcomer.promise;
}

/** Settles as `wanted`, but rejects when the gateway or the signalling is lost first. */
async function firstOf<T>(
  wanted: Promise<T>,
  gateway: Gateway,
  signaling: SignalingClient,
  abort: AbortSignal | undefined,
): Promise<T> {
  const lost = new Deferred<never>();
  const onAbort = (): void => lost.reject(abort?.reason);
  const onSignaling = (): void => {
    if (signaling.state === 'closed')
      lost.reject(signaling.error ?? closedError('signalling client'));
  };
  abort?.addEventListener('abort', onAbort);
  signaling.addEventListener('statechange', onSignaling);
  void gateway.closed.then(() => lost.reject(gateway.error ?? closedError('gateway')));
  try {
    return await Promise.race([wanted, lost.promise]);
  } finally {
    abort?.removeEventListener('abort', onAbort);
    signaling.removeEventListener('statechange', onSignaling);
  }
}

function closedError(what: string): FloeError {
  return new FloeError('AbortError', 'closed', `The ${what} was closed.`);
}

/** Without `signal`: here it is the signalling server, but the parts expect an AbortSignal. */
function noSignal(options: ConnectOptions): Omit<ConnectOptions, 'signal'> {
  const { signal: _, ...rest } = options;
  return rest;
}
