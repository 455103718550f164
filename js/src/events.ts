import type { OwnBytes } from './bytes.js';
import type { FloeError } from './floe_error.js';
import type { IceCandidate } from './ice_candidate.js';

/**
 * `icecandidate`: a local candidate to signal, or null when no more will come.
 * `icecandidateremoved`: a candidate whose socket is gone, for the peer's removeRemoteCandidate().
 */
export class IceCandidateEvent extends Event {
  readonly candidate: IceCandidate | null;

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
  readonly address: string | null;
  readonly port: number | null;
  readonly url: string;
  readonly errorCode: number;
  readonly errorText: string;

  constructor(type: string, init: IceCandidateErrorInit) {
    super(type);
    this.address = init.address ?? null;
    this.port = init.port ?? null;
    this.url = init.url;
    this.errorCode = init.errorCode;
    this.errorText = init.errorText;
  }
}

/** Another pair is used from now on; getSelectedCandidatePair() returns it. */
export class SelectedCandidatePairChangeEvent extends Event {
  /** The ICE component, counted from 1. */
  readonly component: number;

  constructor(type: string, component: number) {
    super(type);
    this.component = component;
  }
}

/** A datagram of the peer. `data` has a buffer of its own. */
export class DatagramEvent extends Event {
  readonly data: OwnBytes;
  /** The ICE component, counted from 1. */
  readonly component: number;

  constructor(type: string, data: OwnBytes, component: number) {
    super(type);
    this.data = data;
    this.component = component;
  }
}

/** A datagram that came to a UdpSocket, its sender, and the gateway's address that received it. */
export class UdpDatagramEvent extends Event {
  readonly data: OwnBytes;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;

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
  readonly error: FloeError;

  constructor(type: string, error: FloeError) {
    super(type);
    this.error = error;
  }
}
