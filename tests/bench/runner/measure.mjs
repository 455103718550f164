// Runs the programs of a section in turn, several times, and makes rows of their figures.
import { must } from '../../runner/shell.mjs';
import { binary } from '../../runner/tree.mjs';

async function once(run) {
  if (typeof run === 'function') return run();
  const output = await must([binary(run[0]), ...run.slice(1)], { seconds: 300 });
  return JSON.parse(output.trim().split('\n').at(-1));
}

/// One round: every program of the section, so that what is compared saw the same machine. Those of
/// a group run at the same time, groups one after another.
async function round({ runs, groups = Object.keys(runs).map((name) => [name]) }) {
  const found = {};
  for (const group of groups) {
    await Promise.all(group.map(async (name) => (found[name] = await once(runs[name]))));
  }
  return found;
}

export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/// "floe.p50_ms" of each round.
const figuresOf = (rounds, place) => {
  const [run, figure] = place.split('.');
  return rounds.map((found) => found[run][figure]);
};

/// `target` is one, or a list of them, each of which is judged by itself.
function rowOf(rounds, { name, unit, ours, beside = {}, target }) {
  const own = figuresOf(rounds, ours);
  const others = Object.entries(beside).map(([who, place]) => {
    const theirs = figuresOf(rounds, place);
    // Of each round by itself, because what disturbs one program disturbs its neighbour, too.
    return {
      who,
      ...spread(theirs),
      ratio: spread(own.map((value, i) => value / theirs[i])).median,
    };
  });
  const row = { name, unit, ours: spread(own), beside: others };
  const targets = target ? [target].flat() : [];
  if (targets.length > 0) {
    row.target = targets.map(({ text }) => text).join(', ');
    row.verdict = targets.map(({ holds }) => (holds(row) ? 'ok' : 'missed')).join(', ');
  }
  return row;
}

export async function measure(section) {
  const rounds = [];
  for (let i = 0; i < section.rounds; ++i) rounds.push(await round(section));
  return section.rows.map((row) => rowOf(rounds, row));
}
