import type { OwnBytes } from './bytes.js';
import type { FloeError } from './floe_error.js';
import type { IceCandidate } from './ice_candidate.js';

// What a constructor assigns is only declared: the page's script then names it once.

/**
 * `icecandidate`: a local candidate to signal, or null when no more will come.
 * `icecandidateremoved`: a candidate whose socket is gone, for the peer's removeRemoteCandidate().
 */
export class IceCandidateEvent extends Event {
  declare readonly candidate: IceCandidate | null;

  constructor(type: string, candidate: IceCandidate | null) {
    super(type);
    this.candidate = candidate;
  }
}

export interface IceCandidateErrorInit {
  /** The local address that asked the server; null when the server could not even be asked. */
  address?: string | null;
  port?: number | null;
  url: string;
  /** As W3C: a STUN error code, or 701 when the server could not be used at all. */
  errorCode: number;
  errorText: string;
}

/** A STUN or TURN server gave no candidate, and why. */
export class IceCandidateErrorEvent extends Event {
  declare readonly address: string | null;
  declare readonly port: number | null;
  declare readonly url: string;
  declare readonly errorCode: number;
  declare readonly errorText: string;

  constructor(type: string, init: IceCandidateErrorInit) {
    super(type);
    Object.assign(this, { address: null, port: null }, init);
  }
}

/** Another pair is used from now on; getSelectedCandidatePair() returns it. */
export class SelectedCandidatePairChangeEvent extends Event {
  /** The ICE component, counted from 1. */
  declare readonly component: number;

  constructor(type: string, component: number) {
    super(type);
    this.component = component;
  }
}

/** A datagram of the peer. `data` has a buffer of its own. */
export class DatagramEvent extends Event {
  declare readonly data: OwnBytes;
  /** The ICE component, counted from 1. */
  declare readonly component: number;

  constructor(type: string, data: OwnBytes, component: number) {
    super(type);
    this.data = data;
    this.component = component;
  }
}

/** A datagram that came to a UdpSocket, its sender, and the gateway's address that received it. */
export class UdpDatagramEvent extends Event {
  declare readonly data: OwnBytes;
  declare readonly remoteAddress: string;
  declare readonly remotePort: number;
  declare readonly localAddress: string;
  declare readonly localPort: number;

  constructor(
    type: string,
    data: OwnBytes,
    remote: { address: string; port: number },
    local: { address: string; port: number },
  ) {
    super(type);
    this.data = data;
    this.remoteAddress = remote.address;
    this.remotePort = remote.port;
    this.localAddress = local.address;
    this.localPort = local.port;
  }
}

/** An operation was refused or failed; the object still works unless its state says otherwise. */
export class FloeErrorEvent extends Event {
  declare readonly error: FloeError;

  constructor(type: string, error: FloeError) {
    super(type);
    this.error = error;
  }
}
