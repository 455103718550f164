// The matrix for people: a table, and a line for each cell.
const kLetters = {
  host: 'h',
  srflx: 's',
  prflx: 'p',
  'relay/udp': 'R',
  'relay/tcp': 'C',
  'relay/tls': 'T',
};
const kLegend = `\
h host, s server-reflexive, p peer-reflexive, R relayed (C over TCP, T over TLS): the candidate that
won in the row, then in the column; + others won, too; ! not all met. The number is the median of
milliseconds from both descriptions to both connected.`;

const letter = (kind) => kLetters[kind] ?? '?';

function sorted(numbers) {
  return numbers.slice().sort((a, b) => a - b);
}

const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];

/// How often each pair of kinds won, the most frequent first.
function winners(runs) {
  const counts = new Map();
  for (const { kinds } of runs) counts.set(kinds.join(' '), (counts.get(kinds.join(' ')) ?? 0) + 1);
  return [...counts].sort(
    ([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1),
  );
}

function short({ runs }) {
  const met = runs.filter(({ kinds }) => kinds);
  if (met.length === 0) return '-';
  const [[first], ...others] = winners(met);
  const failed = met.length < runs.length ? '!' : '';
  const kinds = first.split(' ').map(letter).join('');
  return `${kinds}${others.length > 0 ? '+' : ''}${failed} ${Math.round(median(met.map(({ ms }) => ms)))}`;
}

function line({ left, right, expected, runs }) {
  const met = runs.filter(({ kinds }) => kinds);
  const times = sorted(met.map(({ ms }) => ms));
  const how = winners(met)
    .map(([kinds, count]) => `${count} x ${kinds.replace(' ', ' and ')}`)
    .join(', ');
  const spread = times.length > 0 ? `; ${times[0]} / ${median(times)} / ${times.at(-1)} ms` : '';
  return `${left} - ${right}: ${met.length} of ${runs.length} met, expected ${expected}${how ? `: ${how}` : ''}${spread}`;
}

/// Upper triangle: a cell is the same from both sides.
export function table(names, cells) {
  const width = Math.max(...cells.map((cell) => short(cell).length), 3) + 1;
  const label = Math.max(...names.map((name) => name.length)) + 4;
  const head =
    ' '.repeat(label) + names.map((_, index) => String(index + 1).padStart(width)).join('');
  const rows = names.map((left, index) => {
    const row = names.map((right) =>
      cells.find((cell) => cell.left === left && cell.right === right),
    );
    const texts = row.map((cell) => (cell ? short(cell) : '').padStart(width));
    return `${String(index + 1).padStart(2)} ${left.padEnd(label - 3)}${texts.join('')}`;
  });
  return [head, ...rows, '', kLegend].join('\n');
}

export function report(names, cells) {
  const lines = cells.map(line);
  return `${table(names, cells)}\n\nminimum / median / maximum:\n${lines.join('\n')}\n`;
}
