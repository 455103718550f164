// SIGTERM: who is there may stay, nobody new comes in, and all are told to come back at moments of their
// own.
import assert from 'node:assert/strict';
import { get, kPlain, until, withOperated } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

const kWelcome = 2;
const kClients = 12;

async function openAll(gateway, count) {
  const tunnels = [];
  for (let i = 0; i < count; ++i) tunnels.push(await RawTunnel.open(gateway.address));
  await until('all are welcome', () => tunnels.every((tunnel) => tunnel.has(kWelcome)));
  return tunnels;
}

async function stays() {
  await withOperated(`${kPlain}reconnect-spread = 8\n`, async (gateway) => {
    const tunnels = await openAll(gateway, kClients);
    gateway.signal('SIGTERM');
    await until('all are told', () => tunnels.every(({ reconnectIn }) => reconnectIn));
    const { status, text } = await get(`${gateway.admin}/readyz`);
    assert.deepEqual([status, text], [503, 'draining\n']);
    assert.equal((await get(`${gateway.admin}/livez`)).status, 200);
    assert.equal(await gateway.metric('floe_tunnel_sessions'), kClients);
    await assert.rejects(RawTunnel.open(gateway.address), /ECONNREFUSED/);
    const times = tunnels.map(({ reconnectIn }) => reconnectIn);
    assert.ok(Math.min(...times) >= 1000 && Math.max(...times) <= 9000, String(times));
    assert.ok(new Set(times).size > kClients / 2, `told the same: ${times}`);
    assert.ok(tunnels.every(({ closed }) => !closed));
    assert.equal(gateway.code, undefined);
    const left = Date.now();
    for (const tunnel of tunnels) tunnel.close();
    assert.equal(await gateway.exit, 0);
    assert.ok(Date.now() - left < 10_000, 'it waited though nobody was left');
  });
}

async function endsInTime() {
  const config = kPlain.replace('drain-timeout = 20', 'drain-timeout = 1');
  await withOperated(config, async (gateway) => {
    const [tunnel] = await openAll(gateway, 1);
    gateway.signal('SIGTERM');
    const from = Date.now();
    assert.equal(await gateway.exit, 0);
    assert.ok(Date.now() - from >= 950, 'it ended before its time');
    await until('the tunnel is closed', () => tunnel.closed);
  });
}

async function endsAtOnce() {
  await withOperated(kPlain, async (gateway) => {
    const [tunnel] = await openAll(gateway, 1);
    gateway.signal('SIGTERM');
    await until('it drains', async () => (await gateway.metric('floe_draining')) === 1);
    const from = Date.now();
    gateway.signal('SIGTERM');
    assert.equal(await gateway.exit, 0);
    assert.ok(Date.now() - from < 10_000);
    tunnel.close();
  });
}

export const drain = [
  ['a gateway that drains keeps its tunnels and admits nobody', stays],
  ['a drain ends when its time is over', endsInTime],
  ['a second signal ends a drain at once', endsAtOnce],
];
