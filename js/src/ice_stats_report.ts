import type { IceCandidateType, IceProtocol } from './ice_candidate.js';
import type { IceRole } from './ice_parameters.js';
import type { IceTransportState } from './ice_transport_options.js';

/** What W3C's statistics have in common; `timestamp` is in milliseconds since 1970. */
interface StatsBase {
  id: string;
  timestamp: number;
}

/** What was sent and received as data, without the headers and the checks. */
interface TrafficStats {
  packetsSent: number;
  packetsReceived: number;
  bytesSent: number;
  bytesReceived: number;
}

/** As W3C's RTCTransportStats. In plaintext the members about DTLS are missing. */
export interface IceTransportStats extends StatsBase, TrafficStats {
  type: 'transport';
  iceState: IceTransportState;
  iceRole: IceRole;
  iceLocalUsernameFragment: string;
  selectedCandidatePairChanges: number;
  /** Missing until a pair is selected for the first component. */
  selectedCandidatePairId?: string;
  dtlsState?: 'new' | 'connecting' | 'connected' | 'closed' | 'failed';
  /** "unknown" until the peer has described itself. */
  dtlsRole?: 'client' | 'server' | 'unknown';
  localCertificateId?: string;
  /** This and the following: missing until the handshake is through. */
  remoteCertificateId?: string;
  /** "FEFD": DTLS 1.2. */
  tlsVersion?: string;
  dtlsCipher?: string;
  /** Missing when no keys for media were agreed on. */
  srtpCipher?: string;
  /** Not W3C's, missing in plaintext: records that were discarded, because they had come before, */
  dtlsRecordsReplayed?: number;
  /** because the peer had not made them or they were changed on the way, */
  dtlsRecordsForged?: number;
  /** because they were cut short, */
  dtlsRecordsTruncated?: number;
  /** or because they were of a handshake that is over. */
  dtlsRecordsUnexpected?: number;
  /** Not W3C's: why packets were not sent. */
  packetsNotSentQueueFull: number;
  packetsNotSentTooLarge: number;
  packetsNotSentRefused: number;
}

/** As W3C's RTCIceCandidatePairStats, without estimates that nothing here measures. */
export interface IceCandidatePairStats extends StatsBase, TrafficStats {
  type: 'candidate-pair';
  transportId: string;
  localCandidateId: string;
  remoteCandidateId: string;
  state: 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed';
  nominated: boolean;
  priority: number;
  packetsDiscardedOnSend: number;
  bytesDiscardedOnSend: number;
  requestsSent: number;
  requestsReceived: number;
  responsesSent: number;
  responsesReceived: number;
  consentRequestsSent: number;
  /** When the last datagram left and came, in milliseconds since 1970; missing before the first. */
  lastPacketSentTimestamp?: number;
  lastPacketReceivedTimestamp?: number;
  /** In seconds, as the total; missing until a check was answered. */
  currentRoundTripTime?: number;
  totalRoundTripTime?: number;
}

/** As W3C's RTCIceCandidateStats. */
export interface IceCandidateStats extends StatsBase {
  type: 'local-candidate' | 'remote-candidate';
  transportId: string;
  address: string;
  port: number;
  protocol: IceProtocol;
  candidateType: IceCandidateType;
  priority: number;
  foundation: string;
  /** Missing until the side's parameters are known. */
  usernameFragment?: string;
  relatedAddress?: string;
  relatedPort?: number;
  /** Of an own relayed candidate: how its TURN server is reached, and which one it is. */
  relayProtocol?: 'udp' | 'tcp' | 'tls';
  url?: string;
}

/** As W3C's RTCCertificateStats. */
export interface IceCertificateStats extends StatsBase {
  type: 'certificate';
  fingerprint: string;
  fingerprintAlgorithm: string;
  /** DER. Missing when this build does not keep it. */
  base64Certificate?: string;
}

/** A dictionary of W3C's identifiers for WebRTC statistics; `type` tells which. */
export type IceStats =
  IceTransportStats | IceCandidatePairStats | IceCandidateStats | IceCertificateStats;

/** By id; like W3C's RTCStatsReport, it is a snapshot. */
export type IceStatsReport = ReadonlyMap<string, IceStats>;

/** The fragments of both sides, by the type of their candidates. */
export type Fragments = Partial<Record<IceStats['type'], string | undefined>>;

/**
 * `stats` are the statistics that the engine wrote, with the time of its own clock. It never saw the
 * packets that were `tooLarge`.
 */
export function iceStatsReport(
  stats: unknown,
  fragments: Fragments,
  tooLarge: number,
): IceStatsReport {
  const timestamp = performance.timeOrigin + performance.now();
  const all = (stats ?? []) as IceStats[];
  for (const one of all) if (one.type === 'transport') one.packetsNotSentTooLarge += tooLarge;
  return new Map(
    all.map((one) => {
      const usernameFragment = fragments[one.type];
      const added = usernameFragment === undefined ? {} : { usernameFragment };
      return [one.id, { ...onThisClock(one, timestamp - one.timestamp), ...added, timestamp }];
    }),
  );
}

/** The times of the engine's own clock, which is `offset` ms behind. */
function onThisClock(stats: IceStats, offset: number): IceStats {
  const moved = { ...stats } as Record<string, unknown>;
  for (const [name, value] of Object.entries(stats)) {
    if (name.endsWith('Timestamp')) moved[name] = value + offset;
  }
  return moved as unknown as IceStats;
}
