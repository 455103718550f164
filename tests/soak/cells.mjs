// The parts of the suite, in the order of their running. FLOE_SOAK_MINUTES changes how long each takes
// with --long, from 10.
import assert from 'node:assert/strict';
import { runCells } from '../browser/cells.mjs';
import { selfSigned } from '../operating/operated.mjs';
import { Siege } from './attacked.mjs';
import { mixed } from './mixed.mjs';
import { World } from './world.mjs';

const kShort = {
  mixed: { seconds: 3, settleMs: 700, clients: 200, begin_per_s: 1000, leaver: 20 },
  attacks: {
    ...{ seconds: 1.8, control: 0.6, clients: 60 },
    load: { stay_ms: 400, settle_ms: 200, begin_per_s: 500 },
  },
};
const minutes = Number(process.env.FLOE_SOAK_MINUTES ?? 10);
const kLong = {
  mixed: {
    seconds: 60 * minutes,
    settleMs: 3000,
    clients: 5000,
    begin_per_s: 500,
    rate: 50,
    leaver: 50,
    stay_ms: 20_000,
  },
  attacks: {
    ...{ seconds: 60 * minutes, control: 20, clients: 5000 },
    load: { stay_ms: 10_000, settle_ms: 500, begin_per_s: 500 },
  },
};

const hasSome = (name) => (told) => assert.ok(told[name] > 0, `${name}: ${JSON.stringify(told)}`);

const kAttacks = [
  { name: 'slow_headers', check: hasSome('opened') },
  { name: 'silent_upgrades', check: hasSome('agreed') },
  { name: 'connection_flood', check: hasSome('opened') },
  { name: 'held_connections', check: hasSome('opened') },
  { name: 'port_sweep', check: hasSome('sentAway') },
  {
    name: 'broken_frames',
    check: (told) => {
      for (const [kind, { said, ended }] of Object.entries(told))
        assert.ok(said > 0 && ended > 0, `${kind} does not end a session`);
    },
  },
  {
    name: 'forged_successes',
    check: ({ forged, reached, checks }) => {
      assert.ok(forged > 0 && checks > 0);
      assert.equal(reached, 0, 'data reached a peer that had not consented');
    },
  },
  { name: 'stalled_readers', check: hasSome('stalled') },
  { name: 'reconnect_storm', check: hasSome('sessions') },
];

const kHellos = { name: 'client_hellos', check: hasSome('opened') };
const kHeld = kAttacks.find(({ name }) => name === 'held_connections');

/// Fewer than the descriptors of a client's machine; the clients beside the attack have room.
const kFewDescriptors = 700;
const kFewClients = 60;
/// What is left of --sessions-max for others than the clients.
const kSpareSessions = 300;

/// The attacks, by what kind of gateway they need: [title, siege, attack].
function sieges(world, { clients, load: usually, ...times }) {
  const certificate = selfSigned(world.folder, 'server', world.names);
  const tls = ['--tls-certificate', certificate.certificate, '--tls-key', certificate.key];
  const siege = (gateway, load) =>
    new Siege(world, {
      gateway: { sessions: clients + kSpareSessions, ...gateway },
      load: { clients, leaver: 5, only_pings: 1, ...usually, ...load },
      ...times,
    });
  const usual = siege({}, {});
  const secure = siege({ args: tls }, { scheme: 'wss', ca: certificate.certificate });
  const poor = siege({ descriptors: kFewDescriptors }, { clients: kFewClients });
  return [
    ...kAttacks.map((attack) => [attack.name, usual, attack]),
    [kHellos.name, secure, kHellos],
    ['few descriptors', poor, kHeld],
  ];
}

const titles = { raised: 'what attackers and clients held is given back' };

export async function soak({ long, names }) {
  const { mixed: traffic, attacks } = long ? kLong : kShort;
  const isWanted = ([name]) => names.length === 0 || names.includes(name);
  const world = new World();
  try {
    const attacked = sieges(world, attacks).filter(isWanted);
    const cells = [
      ['many clients, and a gateway that is restarted', () => mixed(world, traffic)],
    ].filter(isWanted);
    for (const [index, [name, siege, attack]] of attacked.entries()) {
      cells.push([name, () => siege.suffer(attack)]);
      // The next one may need the same ports.
      if (attacked[index + 1]?.[1] !== siege)
        cells.push([`${titles.raised}, after ${name}`, () => siege.raise()]);
    }
    return await runCells(cells);
  } finally {
    world.close();
  }
}
