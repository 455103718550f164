// The table of failures: each is told within ten seconds, with a code and words that help, in Node and
// in a page.
import { startSite } from '../runner/site.mjs';
import { inTree } from '../runner/tree.mjs';
import { attempt } from './attempt.mjs';
import { cases } from './cases.mjs';
import { enter } from './members.mjs';
import { startServers } from './servers.mjs';

const kLimitMs = 10_000;
/// So many at a time: most of them wait, but a page takes a second of a core to begin.
const kLanes = { node: 40, page: 8 };
/// What happens beside it, such as the load of the other cases, is no matter of the limit.
const kGraceMs = 5_000;

export async function failures(browser) {
  const servers = await startServers();
  const site = await startSite();
  try {
    const all = cases(servers);
    const { connect } = await import(inTree('js/dist/node.js'));
    const inNode = (job) => attempt(connect, job);
    const inPage = (job, policy) => attemptInPage({ browser, site, policy }, job);
    const table = async (platform, run) => {
      const rows = all.filter(({ only = platform }) => only === platform).entries();
      const results = [];
      const lane = async () => {
        for (const [index, one] of rows) {
          results.push(await judge(servers, platform, one, index, run));
        }
      };
      await Promise.all(Array.from({ length: kLanes[platform] }, lane));
      return results;
    };
    return [...(await table('node', inNode)), ...(await table('page', inPage))];
  } finally {
    site.close();
    await servers.stop();
  }
}

async function judge({ working }, platform, one, index, run) {
  const room = `${platform}-${index}`;
  const member = await enter(one.member, `ws://${working}/signal/${room}`);
  const options = { room: one.options.room ?? room, ...one.options };
  try {
    const job = { options, by: one.by, limitMs: kLimitMs + kGraceMs };
    const told = await run(job, one.policy);
    return verdict(platform, one, told);
  } finally {
    member?.close();
  }
}

function verdict(platform, { name, by, code, words }, told) {
  const right = told.by === by && told.code === code && words.test(told.text);
  const row = `${platform}: ${name}`;
  console.log(`${row.padEnd(66)} ${String(told.code).padEnd(22)} ${(told.ms / 1000).toFixed(1)} s`);
  if (right && told.ms <= kLimitMs) return { name: row, passed: 1 };
  return { name: row, failed: 1, why: `${told.by} ${told.code} after ${told.ms} ms: ${told.text}` };
}

async function attemptInPage({ browser, site, policy }, job) {
  const page = await browser.newPage();
  try {
    const query = policy ? `?${new URLSearchParams({ policy })}` : '';
    await page.goto(site.url + query);
    const call = `(${attempt})(connect, ${JSON.stringify(job)})`;
    return await page.evaluate(`import('/index.js').then(({ connect }) => ${call})`);
  } finally {
    await page.close();
  }
}
