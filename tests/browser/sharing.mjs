// The link and the QR code of a room: who opens the link meets the device, or in a new room the page
// that showed it.
import { setTimeout as sleep } from 'node:timers/promises';
import { runCells } from './cells.mjs';
import { DemoPage } from './demo_page.mjs';

/// By the keyboard, into a second tab.
async function openShared(page) {
  const [popup] = await Promise.all([page.page.waitForEvent('popup'), page.press('#share-link')]);
  return new DemoPage(popup);
}

async function meetsTheDevice(page) {
  const second = await openShared(page);
  await second.connected(/This page and the device exchange/);
  await second.echoes();
  await page.echoes();
  await second.page.close();
}

async function meetsTheFirstPage(page) {
  await page.press('#new-room');
  await page.says('#words', /Nobody that offers "echo" is in the room "room-\w+"/);
  const second = await openShared(page);
  for (const one of [page, second]) {
    await one.connected(/This page and another page exchange/);
    await one.echoes();
  }
  await second.page.fill('#say', 'hello, first page');
  await second.page.keyboard.press('Enter');
  await second.says('#log', /hello, first pageechoed after/);
  await page.says('#log', /hello, first pagefrom the other page/);
  await sleep(1_000); // some measurements
  for (const one of [page, second]) {
    const { least, gatewayLeast } = await one.figures();
    if (gatewayLeast > least) throw new Error(`${gatewayLeast} of ${least} ms`);
  }
  await second.page.close();
}

/// The code must change with the link: the room is in both, the token of the runner in none.
async function followsTheRoom(page) {
  const code = () => page.page.getAttribute('#qr path', 'd');
  await page.press('#connect');
  const before = await code();
  await page.page.fill('#room', 'another');
  const href = await page.page.getAttribute('#share-link', 'href');
  if (!/\?auto&room=another$/.test(href)) throw new Error(`the link is ${href}`);
  if ((await code()) === before) throw new Error('the code is the same for another room');
  await page.page.fill('#room', 'not a room');
  await page.press('#connect');
  await page.says('#room-error', /^A room has 1 to 64/);
}

export async function sharing(browser, url) {
  const page = await DemoPage.open(browser, `${url}?auto#control=9.x`);
  await page.connected();
  const results = await runCells([
    ['the link opens a tab that meets the device', () => meetsTheDevice(page)],
    ['the link of a new room opens a tab that meets this one', () => meetsTheFirstPage(page)],
    ['link and code follow the room', () => followsTheRoom(page)],
  ]);
  await page.page.close();
  return results;
}
