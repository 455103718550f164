// The administration: health and metrics on a listener of their own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { inTree } from '../runner/tree.mjs';
import { get, kPlain, withOperated } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

const kTurn = `[turn]
turn = ["127.0.0.1:0"]
`;
const kTurnSecret = { FLOE_TURN_SECRET: 'a-secret-for-turn-users' };
const withTurn = (work) => withOperated(kPlain + kTurn, work, { env: kTurnSecret });

async function apart() {
  await withOperated(kPlain, async (gateway) => {
    for (const document of ['/livez', '/readyz', '/metrics'])
      assert.equal((await get(gateway.admin + document)).status, 200, document);
    for (const document of ['/metrics', '/readyz'])
      assert.equal((await get(`http://${gateway.address}${document}`)).status, 404, document);
    assert.equal((await get(`${gateway.admin}/tunnel`)).status, 404);
  });
}

async function reads() {
  await withTurn(async (gateway) => {
    const { text, type } = await get(`${gateway.admin}/metrics`);
    assert.match(type, /^text\/plain; version=0\.0\.4/);
    const lint = spawnSync('promtool', ['check', 'metrics'], { input: text });
    assert.equal(lint.status, 0, String(lint.stderr) + String(lint.stdout));
    assert.equal(String(lint.stderr) + String(lint.stdout), '');
  });
}

async function counts() {
  await withOperated(kPlain, async (gateway) => {
    assert.equal(await gateway.metric('floe_tunnel_sessions'), 0);
    const tunnel = await RawTunnel.open(gateway.address);
    assert.equal(await gateway.metric('floe_tunnel_sessions'), 1);
    assert.equal(await gateway.metric('floe_quota_used{quota="sessions"}'), 1);
    assert.equal(await gateway.metric('floe_quota_limit{quota="sessions"}'), 2000);
    tunnel.close();
    assert.ok((await gateway.metric('process_open_fds')) > 5);
    assert.ok((await gateway.metric('process_resident_memory_bytes')) > 1e6);
  });
}

/// The metrics that a text names: those of ours and of the process.
const named = (text) => new Set(text.match(/\b(?:floe|process)_[a-z_]+\b/g));

async function watched() {
  await withTurn(async (gateway) => {
    const there = new Set((await gateway.metrics()).match(/^(?:floe|process)_[a-z_]+/gm));
    const monitoring = (file) => readFileSync(inTree('demo/gateway/monitoring', file), 'utf8');
    const dashboard = JSON.parse(monitoring('dashboard.json'));
    const rules = monitoring('alerts.yml').match(/expr:[^]*?(?=\n +(?:for|labels):)/g);
    const texts = [
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...rules,
    ];
    for (const name of texts.flatMap((text) => [...named(text)]))
      assert.ok(there.has(name), `/metrics has no ${name}`);
    assert.ok(texts.length > 20);
    const check = spawnSync('promtool', ['check', 'rules', 'alerts.yml'], {
      cwd: inTree('demo/gateway/monitoring'),
    });
    assert.equal(check.status, 0, String(check.stderr));
  });
}

export const admin = [
  ['health and metrics are on the admin address only', apart],
  ['promtool reads /metrics and has nothing to say', reads],
  ['the metrics count clients, quotas and the process', counts],
  ['every metric of the dashboard and of the alerts is on /metrics', watched],
];
