// SIGHUP: what it changes, and that a file with a mistake changes nothing.
import assert from 'node:assert/strict';
import { connect } from 'node:tls';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inFolder, kSecret, Operated, selfSigned, until } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

const kWelcome = 2;

const file = (folder, { sessions = 2, origin = 'https://a.example', more = '' } = {}) => `
[access]
listen = "127.0.0.1:0"
origin = ["${origin}"]
secret-file = "${folder}/secret"
accept-secret = true
[limits]
sessions-max = ${sessions}
[operation]
admin = "127.0.0.1:0"
drain-timeout = 0
${more}`;

/// Calls `work` with a gateway that has a secret.
const secured = (work, more) =>
  inFolder(async (folder) => {
    writeFileSync(path.join(folder, 'secret'), `${kSecret}\n`);
    const gateway = new Operated(folder, file(folder, { more: more?.(folder) }));
    try {
      await gateway.listening();
      await work(gateway, folder);
    } finally {
      await gateway.end();
    }
  });

async function admits(gateway, token) {
  const tunnel = await RawTunnel.open(gateway.address, { token });
  await until('an answer', () => tunnel.closed || tunnel.has(kWelcome));
  const admitted = tunnel.has(kWelcome);
  tunnel.close();
  return admitted;
}

async function newSecret() {
  await secured(async (gateway, folder) => {
    const kNew = 'another-secret-of-this-test';
    assert.equal(await admits(gateway, kSecret), true);
    assert.equal(await admits(gateway, kNew), false);
    writeFileSync(path.join(folder, 'secret'), `${kNew}\n`);
    await gateway.reload(file(folder, { more: 'log-format = "json"' }));
    assert.equal(await admits(gateway, kSecret), false);
    assert.equal(await admits(gateway, kNew), true);
    assert.ok(!gateway.log.some((line) => line.includes(kSecret) || line.includes(kNew)));
  });
}

async function newQuota() {
  await secured(async (gateway, folder) => {
    const said = await gateway.reload(file(folder, { sessions: 3, more: 'log-format = "json"' }));
    assert.equal(await gateway.metric('floe_quota_limit{quota="sessions"}'), 3);
    assert.equal(await gateway.metric('floe_config_reloads_total{outcome="success"}'), 1);
    assert.equal(JSON.parse(said).level, 'info');
  });
}

async function mistakes() {
  await secured(async (gateway, folder) => {
    for (const [broken, says] of [
      [`${file(folder)}\nnonsense = 1\n`, /gateway\.toml:\d+: there is no option nonsense/],
      [file(folder, { sessions: 0 }), /gateway\.toml:\d+: .*not in range/],
      [file(folder, { origin: 'https://a.example/path' }), /not an origin/],
      ['[access', /gateway\.toml:1: /],
    ]) {
      const said = await gateway.reload(broken);
      assert.match(said, /the configuration stays as it was/);
      assert.match(said, says);
    }
    writeFileSync(path.join(folder, 'secret'), 'short\n');
    assert.match(await gateway.reload(file(folder)), /too short/);
    assert.equal(await admits(gateway, kSecret), true);
    assert.equal(await gateway.metric('floe_quota_limit{quota="sessions"}'), 2);
    assert.equal(await gateway.metric('floe_config_reloads_total{outcome="failure"}'), 5);
  });
}

async function needsStart() {
  await secured(async (gateway, folder) => {
    const changed = file(folder).replace('127.0.0.1:0', '127.0.0.1:1');
    assert.match(await gateway.reload(changed), /wait for the next start: --listen$/m);
    assert.match(await gateway.reload(file(folder)), /^(?![^]*wait for)/);
  });
}

const subjectAt = (address) =>
  new Promise((resolve, reject) => {
    const [host, port] = address.split(':');
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.destroy();
    });
    socket.on('error', reject);
  });

async function newCertificate() {
  const turns = (folder) => `[tls]
tls-certificate = "${folder}/server.pem"
tls-key = "${folder}/server-key.pem"
[turn]
turns = ["127.0.0.1:0"]
turn-secret-file = "${folder}/secret"
`;
  const prepare = (folder) => {
    selfSigned(folder);
    return turns(folder);
  };
  await secured(async (gateway, folder) => {
    const address = gateway.turn.at(-1);
    assert.equal(await subjectAt(address), 'server');
    const other = selfSigned(folder, 'other');
    const text = file(folder, { more: turns(folder) });
    await gateway.reload(
      text.replace('server.pem', 'other.pem').replace('server-key', 'other-key'),
    );
    assert.equal(await subjectAt(address), 'other');
    assert.equal(await subjectAt(gateway.address), 'other');
    assert.match(await gateway.reload(text.replace('server.pem', 'other.pem')), /does not belong/);
    assert.equal(await subjectAt(address), 'other');
    assert.ok(other.certificate);
  }, prepare);
}

export const reload = [
  ['a reload takes a new secret from its file', newSecret],
  ['a reload takes quotas and the format of the log', newQuota],
  ['a file with a mistake changes nothing, and the log says why', mistakes],
  ['the log names what a reload cannot change', needsStart],
  ['a reload takes a new certificate, if it is one', newCertificate],
];
