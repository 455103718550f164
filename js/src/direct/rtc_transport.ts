// What this package uses of the RtcTransport of Chromium, which is an experiment and has no lib.dom.

export interface RtcTransportConfig {
  name: string;
  iceControlling: boolean;
  iceServers: RTCIceServer[];
  /** "dtls": each packet is a record of DTLS. */
  wireProtocol: 'dtls' | 'dtls-srtp';
}

export interface RtcTransportIceCandidateInit {
  usernameFragment: string;
  password: string;
  /** No name. */
  address: string;
  port: number;
  type: RTCIceCandidateType;
}

export interface RtcDtlsParameters {
  /** Of this end. */
  sslRole: 'client' | 'server';
  fingerprintDigestAlgorithm: string;
  fingerprint: ArrayBuffer;
}

export interface RtcReceivedPacket {
  readonly payloadByteLength: number;
  copyPayloadTo(destination: Uint8Array<ArrayBuffer>): void;
}

/** It has no close(): it ends when nothing refers to it. */
export interface RtcTransport {
  /** Of this end's certificate. */
  readonly fingerprint: ArrayBuffer;
  readonly fingerprintDigestAlgorithm: string;
  onicecandidate: ((event: { candidate: RtcTransportIceCandidateInit }) => void) | null;
  onwritablechange: (() => void) | null;
  writable(): Promise<boolean>;
  addRemoteCandidate(candidate: RtcTransportIceCandidateInit): void;
  setRemoteDtlsParameters(parameters: RtcDtlsParameters): void;
  sendPackets(packets: { data: Uint8Array<ArrayBuffer> }[]): void;
  /** Those that came since the last call. No event tells that there are some. */
  getReceivedPackets(): RtcReceivedPacket[];
}

declare global {
  var RtcTransport: (new (config: RtcTransportConfig) => RtcTransport) | undefined;
}
