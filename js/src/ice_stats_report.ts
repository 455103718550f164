/** A dictionary of W3C's identifiers for WebRTC statistics. */
export interface IceStats {
  id: string;
  type: 'transport' | 'candidate-pair' | 'local-candidate' | 'remote-candidate';
  timestamp: number;
  [member: string]: unknown;
}

/** By id; like W3C's RTCStatsReport, it is a snapshot. */
export type IceStatsReport = ReadonlyMap<string, IceStats>;

/** `stats` are the statistics that the engine wrote, with the time of its own clock. */
export function iceStatsReport(stats: unknown): IceStatsReport {
  const timestamp = performance.timeOrigin + performance.now();
  const all = (stats ?? []) as IceStats[];
  return new Map(all.map((one) => [one.id, { ...one, timestamp }]));
}
