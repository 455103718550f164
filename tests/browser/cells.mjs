// Runs named checks one after another: [name, async function]. What a function returns is printed
// behind its name; what it throws is why it failed.
export async function runCells(cells) {
  const results = [];
  for (const [name, cell] of cells) {
    try {
      const said = await cell();
      console.log(said === undefined ? name : `${name}: ${said}`);
      results.push({ name, passed: 1 });
    } catch (error) {
      console.log(`${name}: ${error.message}`);
      results.push({ name, failed: 1, why: error.message.split('\n')[0] });
    }
  }
  return results;
}
