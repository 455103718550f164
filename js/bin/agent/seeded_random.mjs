const mask = (1n << 64n) - 1n;

/** SplitMix64, as platform/sim/seeded_random.h has it: the same seed draws the same bytes. */
export function seededRandom(seed) {
  let state = seed;
  const draw = () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let mixed = state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
    return mixed ^ (mixed >> 31n);
  };
  return (bytes) => {
    let word = 0n;
    for (let i = 0; i < bytes.length; i++) {
      if (i % 8 === 0) word = draw();
      bytes[i] = Number(word & 0xffn);
      word >>= 8n;
    }
  };
}
