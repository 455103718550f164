// Clients with tokens beside attacks, one after another. They are compared with themselves: before an
// attack and after it, in the same run.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Conversation } from './conversation.mjs';
import { allZero, onlyOf } from './gauges.mjs';
import { Load } from './load.mjs';
import { SoakGateway } from './soak_gateway.mjs';
import { tokenFor } from './token.mjs';

/// MiB that a gateway may have more during an attack: strangers have budgets.
const kMemory = 64;
/// Of what comes back without an attack, and of the sessions that are opened.
const kServed = 0.9;
/// Some are always about to leave.
const kStay = 0.8;
const kAdmitted = 0.5;
/// Tokens have ten minutes to be used.
const kRenewSeconds = 240;

/// How the clients fare for a while.
async function watch(load, seconds) {
  const before = await load.report();
  for (let left = seconds; left > 0; left -= kRenewSeconds) {
    await load.renewTokens();
    await sleep(Math.min(left, kRenewSeconds) * 1000);
  }
  const after = await load.report();
  const since = (name) => after[name] - before[name];
  return {
    share: since('received') / Math.max(1, since('sent')),
    sent: since('sent') / seconds,
    open: after.open,
    opened: since('opened') / seconds,
    roundTrip: after.roundTripMs,
    opening: after.openingMs,
    wrong: after.wrong + after.stale + after.damaged,
  };
}

const say = ({ share, sent, open, opened, roundTrip, opening }) =>
  `${open} open, ${(100 * share).toFixed(1)} % of ${sent.toFixed(0)}/s back, ${opened.toFixed(1)}/s opened, round trip ` +
  `${roundTrip.p50}/${roundTrip.p99} ms, opening ${opening.p50}/${opening.p99} ms`;

function judge(before, during, after) {
  for (const [when, figures] of [
    ['during', during],
    ['after', after],
  ]) {
    const said = `${when} it ${say(figures)}; before it ${say(before)}`;
    assert.ok(
      figures.share >= kServed * Math.min(1, before.share),
      `clients are not answered: ${said}`,
    );
    assert.ok(figures.open >= kStay * before.open, `clients lost their sessions: ${said}`);
    assert.ok(figures.opened >= kAdmitted * before.opened, `clients are kept out: ${said}`);
    assert.equal(figures.wrong, 0, 'clients got what was not theirs');
  }
}

/// A gateway, the clients beside it, and attackers that come and go.
export class Siege {
  #world;
  #options;
  #calm;

  /// `gateway` and `load` are options of SoakGateway and of Load; `control` is how long the clients are
  /// watched without an attack.
  constructor(world, { gateway, load, seconds, control }) {
    this.#world = world;
    this.#options = { gateway, load, seconds, control };
  }

  async #begin() {
    const { gateway, load, control } = this.#options;
    this.gateway = new SoakGateway(this.#world, gateway);
    await this.gateway.start();
    this.load = new Load(this.#world, load);
    await this.load.allOpen();
    // Those who leave do so at moments of their own after a while.
    await sleep(control * 1000);
    this.#calm = await watch(this.load, control);
  }

  /// `attack`: {name, check}, a file of attacks/ and what its own account must look like.
  async suffer(attack) {
    if (this.gateway?.code !== undefined) await this.#abandon();
    if (!this.gateway) await this.#begin();
    const { gateway, load } = this;
    const before = this.#calm;
    const memory = gateway.memory;
    gateway.takePeak();
    const { during, told } = await this.#attackWith(attack);
    const peak = gateway.takePeak();
    assert.equal(gateway.code, undefined, `the gateway ended: ${gateway.log}`);
    await onlyOf(load.clients, gateway);
    this.#calm = await watch(load, this.#options.control);
    console.log(
      `  ${attack.name}: ${JSON.stringify(told)}\n    before: ${say(before)}\n    during: ${say(during)}\n` +
        `    after: ${say(this.#calm)}\n    memory ${memory.toFixed(1)}, at most ${peak.toFixed(1)}, ` +
        `then ${gateway.memory.toFixed(1)} MiB`,
    );
    judge(before, during, this.#calm);
    attack.check(told);
    assert.ok(peak <= memory + kMemory, `its memory grew from ${memory} to ${peak} MiB`);
    return `${(100 * during.share).toFixed(1)} % came back`;
  }

  async #attackWith({ name }) {
    const program = fileURLToPath(new URL('attack.mjs', import.meta.url));
    const command = [...this.#world.inside('world'), process.execPath, program, name];
    const attacker = new Conversation(command);
    try {
      const tokens = Array.from({ length: 200 }, (_, number) => tokenFor(`attacker-${number}`));
      await attacker.ask(JSON.stringify({ ...this.#world.target, tokens }));
      const during = await watch(this.load, this.#options.seconds);
      return { during, told: await attacker.ask('end') };
    } finally {
      await attacker.end();
    }
  }

  async #abandon() {
    await this.load?.end();
    await this.gateway?.end();
    this.gateway = this.load = undefined;
  }

  /// The clients go, and everything is given back.
  async raise() {
    if (!this.gateway) return;
    try {
      await this.load.end();
      await allZero(this.gateway);
      assert.equal(await this.gateway.stop('SIGTERM'), 0, this.gateway.log);
    } finally {
      await this.#abandon();
    }
  }
}
