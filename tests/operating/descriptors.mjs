// A gateway with few descriptors: it says what it can do, and its health answers when all are in use.
import assert from 'node:assert/strict';
import { get, inFolder, kPlain, Operated, until, withOperated } from './operated.mjs';
import { RawTunnel } from './raw_tunnel.mjs';

const limited = (count) => ({ around: ['sh', '-c', `ulimit -n ${count}; exec "$0" "$@"`] });

async function survives() {
  await withOperated(
    kPlain,
    async (gateway) => {
      await until('it says so', () =>
        gateway.log.some((line) => /descriptors .*\d+ clients instead of 2000/.test(line)),
      );
      const limit = await gateway.metric('floe_quota_limit{quota="sessions"}');
      const tunnels = [];
      let refused = 0;
      for (let i = 0; i < 300; ++i) {
        const tunnel = await RawTunnel.open(gateway.address).catch(() => ({ status: 0 }));
        if (tunnel.status === undefined) tunnels.push(tunnel);
        else if (tunnel.status === 503) ++refused;
      }
      assert.equal(tunnels.length, limit);
      assert.equal(refused, 300 - limit);
      for (const url of [`${gateway.admin}/livez`, `http://${gateway.address}/livez`])
        assert.equal((await get(url)).status, 200, url);
      assert.ok(gateway.log.some((line) => /all \d+ of --sessions-max are in use/.test(line)));
      for (const tunnel of tunnels) tunnel.close();
      await until('all are free', async () => {
        return (await gateway.metric('floe_quota_used{quota="sessions"}')) === 0;
      });
      const again = await RawTunnel.open(gateway.address);
      assert.equal(again.status, undefined);
      again.close();
      return `${limit} clients with 256 descriptors`;
    },
    limited(256),
  );
}

async function refuses() {
  await inFolder(async (folder) => {
    const gateway = new Operated(folder, kPlain, limited(64));
    assert.equal(await gateway.exit, 1);
    assert.match(gateway.log.join('\n'), /descriptors.*LimitNOFILE/);
  });
}

async function raises() {
  const soft = { around: ['sh', '-c', 'ulimit -S -n 128; exec "$0" "$@"'] };
  await withOperated(
    kPlain,
    async (gateway) => assert.ok((await gateway.metric('process_max_fds')) > 128),
    soft,
  );
}

export const descriptors = [
  ['with 256 descriptors health answers, and clients too many are refused', survives],
  ['with 64 descriptors a gateway does not start', refuses],
  ['a soft limit is raised', raises],
];
