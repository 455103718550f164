// A gateway with several workers, as its operator sees it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { kPlain, until, withOperated } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

const kWelcome = 2;
const kWorkers = 3;
const kClients = 12;
const kConfig = `${kPlain}[limits]\nworkers = ${kWorkers}\n`;

async function openAll(gateway) {
  const tunnels = [];
  for (let i = 0; i < kClients; ++i) {
    const tunnel = await RawTunnel.open(gateway.address);
    await until('a tunnel is welcome', () => tunnel.has(kWelcome));
    tunnels.push(tunnel);
  }
  return tunnels;
}

const tunnelsOf = (gateway, worker) => gateway.metric(`floe_worker_tunnels{worker="${worker}"}`);

async function divided() {
  await withOperated(kConfig, async (gateway) => {
    const tunnels = await openAll(gateway);
    for (let i = 0; i < kWorkers; ++i) {
      assert.equal(await tunnelsOf(gateway, i), kClients / kWorkers);
    }
    assert.equal(await gateway.metric('floe_quota_used{quota="sessions"}'), kClients);
    for (const tunnel of tunnels) tunnel.close();
    await until(
      'all are gone',
      async () => (await gateway.metric('floe_quota_used{quota="sessions"}')) === 0,
    );
  });
}

async function drained() {
  await withOperated(`${kConfig}`, async (gateway) => {
    const tunnels = await openAll(gateway);
    gateway.signal('SIGTERM');
    await until('all are told', () => tunnels.every(({ reconnectIn }) => reconnectIn));
    assert.equal(gateway.code, undefined);
    for (const tunnel of tunnels) tunnel.close();
    assert.equal(await gateway.exit, 0);
  });
}

/// A worker takes no signal: each one comes to the main loop.
async function signals() {
  await withOperated(kConfig, async (gateway) => {
    const folder = `/proc/${gateway.child.pid}/task`;
    const masks = readdirSync(folder).map((thread) =>
      /^SigBlk:\s+(\w+)$/m.exec(readFileSync(`${folder}/${thread}/status`, 'utf8')),
    );
    assert.ok(masks.length >= kWorkers, `${masks.length} threads`);
    const kTerm = 1n << 14n;
    assert.ok(masks.every(([, mask]) => (BigInt(`0x${mask}`) & kTerm) !== 0n));
    for (let i = 0; i < 10; ++i) await gateway.reload();
    assert.equal(await gateway.metric('floe_config_reloads_total{outcome="success"}'), 10);
  });
}

export const workers = [
  ['each worker has as many tunnels as the others', divided],
  ['all workers drain', drained],
  ['signals come to the main loop', signals],
];
