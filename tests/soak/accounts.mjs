// Whether every datagram that did not come back was counted by somebody.
import { kernelCounts } from './kernel_counts.mjs';

const kDropped = 'floe_tunnel_datagrams_dropped_total{';
const kUdpDropped = 'floe_udp_datagrams_dropped_total{reason="stale"';

const sumOf = (object) => Object.values(object).reduce((sum, count) => sum + count, 0);

async function look(gateway, load) {
  const report = await load.report();
  const metrics = await gateway.metrics();
  const counted = (beginning) =>
    [...metrics]
      .filter(([name]) => name.startsWith(beginning))
      .reduce((sum, [, count]) => sum + count, 0);
  return {
    report,
    missing: report.sent - report.received,
    byClients: sumOf(report.droppedByClients),
    toldByGateway: sumOf(report.droppedByGateway),
    byGateway: counted(kDropped),
    stale: counted(kUdpDropped),
    endedMissing: report.endedMissing,
    ...kernelCounts([gateway.pid, load.pid]),
  };
}

/// Opened while nobody sends; so is close().
export class Accounts {
  #gateway;
  #load;
  #before;

  static async open(gateway, load) {
    const self = new Accounts();
    self.#gateway = gateway;
    self.#load = load;
    self.#before = await look(gateway, load);
    return self;
  }

  /// What happened since: {sent, missing, explained, unsure…}. Datagrams of sessions that ended, and packets
  /// that the cable lost, may be among those that are missing, or not.
  async close() {
    const { report: before, ...counts } = this.#before;
    const { report: after, ...now } = await look(this.#gateway, this.#load);
    const since = Object.fromEntries(
      Object.entries(now).map(([name, count]) => [name, count - counts[name]]),
    );
    const { missing, byClients, byGateway, stale, noRoom, noSocket, cable, endedMissing } = since;
    const explained = byClients + byGateway + stale + noRoom + noSocket;
    const { roundTripMs } = after;
    const sent = after.sent - before.sent;
    return { sent, roundTripMs, ...since, explained, unsure: cable + Math.max(0, endedMissing) };
  }
}
