// floe-device as its own server, on a machine of the lab: a page of demo/direct meets it by WHIP, one of
// the package by the room, and so does Node. Nothing else runs there.
import { LineProcess } from '../../demo/runner/process.mjs';
import { must } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';

const kMachine = 'alone';
const kTimeout = 15_000;
const kToken = 'of-a-device-in-the-lab';

async function startDevice(lab, address) {
  const documents = ['--documents', inTree('demo/web/dist')];
  const command = [binary('floe-device'), '--listen', `${address}:0`, ...documents];
  const device = new LineProcess('device', [...lab.inside(kMachine), ...command], {
    env: { FLOE_TOKEN: kToken },
  });
  const { url } = await device.line(({ event }) => event === 'listening', 5, 'listen');
  await device.line(({ state }) => state === 'joined', 5, 'join its room');
  return { device, url };
}

async function byWhip(browser, url) {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}direct/#token=${kToken}`);
    await page.getByRole('button').click({ timeout: kTimeout });
    await page.getByText('← hello').waitFor({ timeout: kTimeout });
  } catch (error) {
    const seen = await page.textContent('body').catch(() => '');
    throw new Error([error.message, seen].join('; '));
  } finally {
    await page.close();
  }
}

/// A stranger's page has no token.
async function refuses(browser, url) {
  const page = await browser.newPage();
  try {
    await page.goto(`${url}direct/#token=${kToken.toUpperCase()}`);
    await page.getByText('the token is wrong').waitFor({ timeout: kTimeout });
  } finally {
    await page.close();
  }
}

/// Node joins the room, and finds the device by its own sockets.
async function fromNode(lab, url) {
  const program = `
    import { connect } from ${JSON.stringify(inTree('js/dist/node.js'))};
    const [signaling, token] = process.argv.slice(1);
    const device = await connect({ signaling, room: 'demo', token });
    device.ondatagram = ({ data }) => {
      console.log(new TextDecoder().decode(data));
      process.exit();
    };
    setInterval(() => device.send(new TextEncoder().encode('hello from Node')), 100);
    setTimeout(() => process.exit(1), ${kTimeout});`;
  const node = [process.execPath, '--input-type=module', '-e', program, `${url}signal`, kToken];
  const said = await must([...lab.inside(kMachine), ...node]);
  if (said.trim() !== 'hello from Node') throw new Error(`Node heard: ${said}`);
}

/// Results for tests/run; `number` is the last part of the machine's address.
export async function meetAlone(lab, number) {
  const name = 'a device that is its own server';
  lab.addMachine(kMachine, [number], [4]);
  const { device, url } = await startDevice(lab, `198.51.100.${number}`);
  const browser = await browserOn(lab, kMachine);
  try {
    await byWhip(browser, url);
    await refuses(browser, url);
    await fromNode(lab, url);
    return [{ name, passed: 1 }];
  } catch ({ message }) {
    return [{ name, failed: 1, why: [message, ...device.errors.slice(-5)].join('; ') }];
  } finally {
    await browser.close();
    await device.stop();
  }
}
