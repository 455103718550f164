// The table of failures: each is told within ten seconds, with a code and words that help, in Node, in a
// page, in C and in C++.
import { build } from '../runner/build.mjs';
import { startSite } from '../runner/site.mjs';
import { inTree } from '../runner/tree.mjs';
import { attempt } from './attempt.mjs';
import { cases } from './cases.mjs';
import { enter } from './members.mjs';
import { attemptNatively, kNativePlatforms } from './native_attempt.mjs';
import { asNative, nativeCases } from './native_cases.mjs';
import { startServers } from './servers.mjs';
import { table } from './table.mjs';

const kLimitMs = 10_000;
/// So many at a time: most of them wait, but a page takes a second of a core to begin.
const kLanes = { node: 40, page: 8, c: 30, cpp: 30 };
/// What happens beside it, such as the load of the other cases, is no matter of the limit.
const kGraceMs = 5_000;

export async function failures(browser) {
  await build('release', ...Object.values(kNativePlatforms));
  const servers = await startServers();
  const site = await startSite();
  try {
    const rows = cases(servers);
    const { connect } = await import(inTree('js/dist/node.js'));
    const inNode = (job) => attempt(connect, job);
    const inPage = (job, { policy }) => attemptInPage({ browser, site, policy }, job);
    const ofConnect = [
      ...(await meetAll({ servers, platform: 'node', rows, run: inNode })),
      ...(await meetAll({ servers, platform: 'page', rows, run: inPage })),
    ];
    const told = [...ofConnect, ...(await nativeFailures(servers, rows))];
    console.log(table(told));
    return told.map(({ result }) => result);
  } finally {
    site.close();
    await servers.stop();
  }
}

export async function nativeFailures(servers, ofConnect) {
  const rows = [
    ...ofConnect.filter(({ natively }) => natively).map(asNative),
    ...nativeCases(servers),
  ];
  const both = await Promise.all(
    Object.keys(kNativePlatforms).map((platform) => {
      const run = (job, row) => attemptNatively(platform, nativeJob(servers, platform, job, row));
      return meetAll({ servers, platform, rows, run });
    }),
  );
  return both.flat();
}

const of = (platform, value) => value?.[platform] ?? value;

/// What the program is given: the room is a part of the URL.
function nativeJob({ working }, platform, { options, limitMs }, { meet = 'join', by, url }) {
  const { room, ...others } = options;
  const at = url ? url(room) : `ws://${working}/signal/${room}`;
  return { meet: of(platform, meet), options: { by, url: at, ...others }, limitMs };
}

async function meetAll({ servers, platform, rows, run }) {
  const mine = rows.filter(({ only = platform }) => [only].flat().includes(platform)).entries();
  const told = [];
  const lane = async () => {
    for (const [index, row] of mine) told.push(await judge(servers, platform, row, index, run));
  };
  await Promise.all(Array.from({ length: kLanes[platform] }, lane));
  return told;
}

async function judge({ working }, platform, row, index, run) {
  const room = `${platform}-${index}`;
  const member = await enter(row.member, `ws://${working}/signal/${room}`);
  const options = { room: row.options?.room ?? room, ...row.options };
  try {
    const job = { options, by: row.by, limitMs: kLimitMs + kGraceMs };
    const said = await run(job, row);
    return { cause: row.name, platform, ...said, result: verdict(platform, row, said) };
  } finally {
    member?.close();
  }
}

function verdict(platform, { name, by, code, words }, told) {
  const right = told.by === by && told.code === of(platform, code) && words.test(told.text);
  const row = `${platform}: ${name}`;
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
