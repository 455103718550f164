// What a figure is to reach: a text for people, and whether a row holds it.
const number = (value) => value.toLocaleString('en');

export const most = (limit, unit = '') => ({
  text: `≤ ${number(limit)}${unit}`,
  holds: (row) => row.ours.median <= limit,
});

export const least = (limit, unit = '') => ({
  text: `≥ ${number(limit)}${unit}`,
  holds: (row) => row.ours.median >= limit,
});

/// Relative to the one it is shown beside.
export const mostTimes = (factor, who) => ({
  text: `≤ ${factor} × ${who}`,
  holds: (row) => row.beside.find((other) => other.who === who).ratio <= factor,
});

export const leastTimes = (factor, who) => ({
  text: `≥ ${factor} × ${who}`,
  holds: (row) => row.beside.find((other) => other.who === who).ratio >= factor,
});
