import type { Figures } from './front/engine_handle.js';
import type { IceMirror } from './front/ice_mirror.js';
import type { IceCandidate } from './ice_candidate.js';

/** A dictionary of W3C's identifiers for WebRTC statistics. */
export interface IceStats {
  id: string;
  type: 'transport' | 'candidate-pair' | 'local-candidate' | 'remote-candidate';
  timestamp: number;
  [member: string]: unknown;
}

export type IceStatsReport = ReadonlyMap<string, IceStats>;

const transportId = 'T';

/** Builds the report from what this thread knows, and the counters that the engine sent. */
export function iceStatsReport(mirror: IceMirror, figures: Figures): IceStatsReport {
  const timestamp = performance.timeOrigin + performance.now();
  const report = new Map<string, IceStats>();
  const add = (stats: IceStats): string => {
    report.set(stats.id, stats);
    return stats.id;
  };
  const addCandidate = (candidate: IceCandidate, type: 'local-candidate' | 'remote-candidate') =>
    add(candidateStats(candidate, type, timestamp));

  for (const candidate of mirror.localCandidates) addCandidate(candidate, 'local-candidate');
  for (const candidate of mirror.remoteCandidates) addCandidate(candidate, 'remote-candidate');
  const pairIds = [...mirror.selectedPairs].map(([component, { local, remote }]) => {
    const localCandidateId = addCandidate(local, 'local-candidate');
    const remoteCandidateId = addCandidate(remote, 'remote-candidate');
    return add({
      id: `P${component}`,
      type: 'candidate-pair',
      timestamp,
      transportId,
      localCandidateId,
      remoteCandidateId,
      state: 'succeeded',
      nominated: true,
    });
  });
  add({
    id: transportId,
    type: 'transport',
    timestamp,
    iceState: mirror.state,
    iceRole: mirror.role,
    iceLocalUsernameFragment: mirror.localParameters?.usernameFragment,
    selectedCandidatePairId: pairIds[0],
    ...figures,
  });
  return report;
}

function candidateStats(
  candidate: IceCandidate,
  type: 'local-candidate' | 'remote-candidate',
  timestamp: number,
): IceStats {
  const { address, port, protocol, priority, foundation, usernameFragment } = candidate;
  const side = type === 'local-candidate' ? 'L' : 'R';
  return {
    id: `${side}:${candidate.type}:${address}:${port}`,
    type,
    timestamp,
    transportId,
    candidateType: candidate.type,
    address,
    port,
    protocol,
    priority,
    foundation,
    usernameFragment,
    relatedAddress: candidate.relatedAddress,
    relatedPort: candidate.relatedPort,
  };
}
