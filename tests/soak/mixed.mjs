// Thousands of clients with mixed traffic, and a gateway that is restarted beside them: once by its
// operator, once by a crash.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Accounts } from './accounts.mjs';
import { allZero } from './gauges.mjs';
import { Load } from './load.mjs';
import { SoakGateway } from './soak_gateway.mjs';

/// What a process may grow by that keeps nothing: the allocator's pieces, and queues of a busy moment.
const kGrowth = { share: 0.1, mebibytes: 16 };
/// Most of what may be lost when all of it is accounted for: some clients write to nobody.
const kLostMost = 0.05;
/// Of a run of minutes tokens would grow too old for those who come back.
const kRenewMs = 240_000;

async function forAWhile(load, seconds) {
  for (let left = seconds * 1000; left > 0; left -= kRenewMs) {
    await load.renewTokens();
    await sleep(Math.min(left, kRenewMs));
  }
}

/// What one process of the gateway carried, and whether all of it is accounted for.
async function era(gateway, load, { seconds, settleMs }) {
  await load.quiet();
  await sleep(settleMs);
  const accounts = await Accounts.open(gateway, load);
  await load.loud();
  await forAWhile(load, seconds / 2);
  const early = gateway.memory;
  await forAWhile(load, seconds / 2);
  const late = gateway.memory;
  await load.quiet();
  await sleep(settleMs);
  const account = await accounts.close();
  await load.loud();
  console.log(
    `  ${seconds} s: ${JSON.stringify(account)}; memory ${early.toFixed(1)} then ${late.toFixed(1)} MiB`,
  );
  return { account, early, late };
}

function judge({ account, early, late }) {
  const { sent, missing, explained, unsure, byGateway, stale, toldByGateway } = account;
  assert.ok(sent > 0 && missing < sent * kLostMost, `${missing} of ${sent} were lost`);
  assert.ok(
    missing >= explained && missing <= explained + unsure,
    `${missing} are missing, ${explained} are accounted for, and ${unsure} perhaps`,
  );
  assert.ok(
    toldByGateway <= byGateway + stale,
    'clients were told of more than the gateway counts',
  );
  const most = early * (1 + kGrowth.share) + kGrowth.mebibytes;
  assert.ok(late <= most, `the memory grew from ${early} to ${late} MiB`);
}

/// Resolves to how long the clients took to come back to a gateway that listens.
async function restart(gateway, load, signal) {
  await load.renewTokens();
  const code = await gateway.stop(signal);
  assert.equal(code, signal === 'SIGTERM' ? 0 : signal, gateway.log);
  await gateway.start();
  const began = performance.now();
  await load.allOpen(0.5);
  const half = performance.now() - began;
  await load.allOpen();
  const all = performance.now() - began;
  const text = `${signal}: half are back after ${(half / 1000).toFixed(1)} s, all after ${(all / 1000).toFixed(1)} s`;
  console.log(`  ${text}`);
  return text;
}

/// Nobody has had what was another's.
function nothingWrong({ wrong, stale, damaged }) {
  assert.deepEqual({ wrong, stale, damaged }, { wrong: 0, stale: 0, damaged: 0 });
}

export async function mixed(world, { seconds, settleMs, ...options }) {
  const gateway = new SoakGateway(world);
  await gateway.start();
  const load = new Load(world, options);
  try {
    await load.allOpen();
    const signals = ['SIGTERM', 'SIGKILL'];
    const eras = [];
    const returns = [];
    for (let number = 0; number <= signals.length; ++number) {
      eras.push(await era(gateway, load, { seconds: seconds / (signals.length + 1), settleMs }));
      if (number < signals.length) returns.push(await restart(gateway, load, signals[number]));
    }
    const last = await load.report();
    await load.end();
    await allZero(gateway);
    console.log(`  sessions ended: ${JSON.stringify(last.ends)}`);
    eras.forEach(judge);
    nothingWrong(last);
    assert.equal(await gateway.stop('SIGTERM'), 0, gateway.log);
    return returns.join('; ');
  } finally {
    await load.end();
    await gateway.end();
  }
}
