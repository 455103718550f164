// The fields for STUN and TURN servers: what is wrong with them is said beside them, and what works
// gives candidates.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { runCells } from './cells.mjs';
import { DemoPage } from './demo_page.mjs';

const kTurn = '127.0.0.1:13488';

/// Calls `work` while there is a TURN server: a second gateway, because a gateway's own sockets do not
/// reach what it listens on itself.
async function withTurnServer(work) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-page-'));
  const users = path.join(directory, 'users');
  writeFileSync(users, 'alice:secret\n');
  const server = new LineProcess('server', [
    ...[binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0'],
    ...['--turn', kTurn, '--turn-users', users],
  ]);
  try {
    await server.line((line) => line.event === 'listening', 5, 'listen');
    return await work();
  } finally {
    await server.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

const fill = async (page, fields) => {
  for (const [id, value] of Object.entries(fields)) await page.page.fill(`#${id}`, value);
};

async function isInvalid(page, field, expected) {
  const marked = await page.page.getAttribute(`#${field}`, 'aria-invalid');
  if ((marked === 'true') !== expected) throw new Error(`#${field} has aria-invalid=${marked}`);
}

async function refusesAtOnce(page) {
  await page.press('#servers summary');
  await fill(page, { stun: 'stun.example.org', turn: `turn:${kTurn}` });
  await page.press('#apply');
  await page.says('#stun-error', /begins with stun: or stuns:/);
  await page.says('#turn-user-error', /wants a user/);
  await page.says('#turn-password-error', /wants a password/);
  await page.echoes(); // the connection is still there
}

async function wrongPassword(page) {
  await fill(page, { stun: '', turn: `turn:${kTurn}`, 'turn-user': 'alice' });
  await fill(page, { 'turn-password': 'wrong' });
  await page.press('#apply');
  await page.says('#turn-password-error', /\(401\)/);
  await isInvalid(page, 'turn-password', true);
  await page.connected();
  return page.text('#turn-password-error');
}

async function rightPassword(page) {
  await fill(page, { 'turn-password': 'secret' });
  await isInvalid(page, 'turn-password', false);
  await page.page.focus('#turn-password');
  await page.page.keyboard.press('Enter');
  await page.connected();
  await page.says('#candidates', /this pagerelayudp/);
  await page.says('#turn-password-error', /^$/);
}

async function silentServer(page) {
  await fill(page, { stun: 'stun:127.0.0.1:9', turn: '' });
  await page.press('#apply');
  await page.says('#stun-error', /did not answer \(701\)/, 30_000);
  await page.connected();
}

export async function servers(browser, url) {
  const page = await DemoPage.open(browser, `${url}?auto`);
  await page.connected();
  const results = await withTurnServer(() =>
    runCells([
      ['fields that cannot be used', () => refusesAtOnce(page)],
      ['a wrong password of a TURN server', () => wrongPassword(page)],
      ['the right password of a TURN server', () => rightPassword(page)],
      ['a STUN server that does not answer', () => silentServer(page)],
    ]),
  );
  await page.page.close();
  return results;
}
