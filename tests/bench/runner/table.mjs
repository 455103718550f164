// Prints rows for people.

/// Three digits that mean something.
function short(value) {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toString();
  return value.toPrecision(3);
}

function figure({ median, min, max }) {
  const [low, high] = [short(min), short(max)];
  return low === high ? short(median) : `${short(median)} (${low} to ${high})`;
}

function ratio(value) {
  if (value === 0) return 'nothing of it';
  if (Number.isNaN(value)) return 'the same';
  if (value >= 0.1) return `${value.toFixed(2)} of it`;
  return `1/${Math.round(1 / value)} of it`;
}

const besideText = (row) =>
  row.beside.map((other) => `${other.who} ${figure(other)}: ${ratio(other.ratio)}`).join('; ');

export function print(section, rows) {
  console.log(`\n${section.title}`);
  if (section.note) console.log(`  ${section.note}`);
  for (const row of rows) {
    const own = `${figure(row.ours)} ${row.unit}`;
    const verdict = row.target ? `${row.target.padEnd(18)} ${row.verdict}` : '';
    console.log(`  ${row.name.padEnd(42)} ${own.padEnd(32)} ${verdict}`.trimEnd());
    const others = besideText(row);
    if (others) console.log(`  ${' '.repeat(42)} beside ${others}`);
  }
}
