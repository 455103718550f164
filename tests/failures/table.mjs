// The table of failures: a row for each cause, and what each platform says of it.

const kPlatforms = ['page', 'node', 'c', 'cpp'];
const kWidth = 24;

/// `told` has {cause, platform, code, ms}.
export function table(told) {
  const causes = [...new Set(told.map(({ cause }) => cause))];
  const lines = causes.map((cause) => {
    const cells = kPlatforms.map((platform) => {
      const one = told.find((each) => each.cause === cause && each.platform === platform);
      return one ? `${short(one.code)} ${(one.ms / 1000).toFixed(1)} s` : '';
    });
    return row(cause, cells);
  });
  return [row('', kPlatforms), ...lines].join('\n');
}

const short = (code) =>
  String(code)
    .replace('FLOE_ERROR_', '')
    .slice(0, kWidth - 7);
const row = (cause, cells) =>
  [cause.padEnd(62), ...cells.map((cell) => cell.padEnd(kWidth))].join(' ').trimEnd();
