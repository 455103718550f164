// The log in JSON: each line is an object, refusals have a line each, and a stranger cannot forge one.
import assert from 'node:assert/strict';
import { get, kPlain, until, withOperated } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

async function objects() {
  await withOperated(`${kPlain}log-format = "json"\n`, async (gateway) => {
    const origin = 'https://evil.example';
    for (let i = 0; i < 30; ++i) {
      const { status } = await RawTunnel.open(gateway.address, { headers: { origin } });
      assert.equal(status, 403);
    }
    await until('a refusal', () => gateway.log.some((line) => line.includes(origin)));
    await get(`${gateway.admin}/livez`);
    const lines = gateway.log.map((line) => JSON.parse(line));
    for (const line of lines) {
      assert.deepEqual(Object.keys(line), ['time', 'level', 'area', 'text']);
      assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const refusals = lines.filter(({ text }) => text.includes(origin));
    assert.ok(refusals.length >= 1 && refusals.length <= 20, `${refusals.length} lines`);
    assert.equal(await gateway.metric('floe_refusals_total'), 30);
  });
}

export const logs = [['a log in JSON has a line for a refusal, and not for all', objects]];
