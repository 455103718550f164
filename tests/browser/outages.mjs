// The demo's page through outages of what it needs: each is killed without a word, comes back, and
// the page must echo again by itself, with its state in words meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { startDevice, startGateway } from '../../demo/runner/services.mjs';
import { runCells } from './cells.mjs';
import { DemoPage } from './demo_page.mjs';

const kBind = '127.0.0.1';
const kBackWithinMs = 5_000;

export class Outages {
  #gateway;
  #device;
  page;
  /// Waits until the page is connected again; resolves to what to print.
  isBack = async () => `an echo ${await this.page.echoes(kBackWithinMs)} ms after it is back`;

  /// Resolves when the page is connected. `open` opens the page of a URL.
  async start(open) {
    this.#gateway = await startGateway({ listen: `${kBind}:0`, bind: kBind });
    await this.#startDevice();
    this.page = await open(`http://${this.#gateway.address}/?auto`);
    await this.page.connected();
  }

  async stop() {
    await this.#device?.stop();
    await this.#gateway?.stop();
  }

  /// `words`: what the page says at the end of the outage.
  async deviceAway(seconds, words) {
    await this.#device.stop('SIGKILL');
    await sleep(seconds * 1000);
    await this.#says(words);
    await this.#startDevice();
    return this.#connectsAgain();
  }

  async gatewayAway(seconds, words) {
    const { address } = this.#gateway;
    await this.#gateway.stop('SIGKILL');
    await sleep(seconds * 1000);
    await this.#says(words);
    this.#gateway = await startGateway({ listen: address, bind: kBind });
    return this.#connectsAgain();
  }

  /// Nothing is heard of the gateway, as when the network is away, and nothing is closed.
  async gatewaySilent(seconds, words) {
    this.#gateway.child.kill('SIGSTOP');
    try {
      await sleep(seconds * 1000);
      await this.#says(words);
    } finally {
      this.#gateway.child.kill('SIGCONT');
    }
    return this.#connectsAgain();
  }

  async #startDevice() {
    this.#device = await startDevice({ gateway: this.#gateway, bind: kBind });
  }

  async #says(words) {
    const text = await this.page.text('#words');
    if (!words.test(text)) throw new Error(`the page says "${text}", and not ${words}`);
  }

  async #connectsAgain() {
    const said = await this.isBack();
    await this.#says(/exchange UDP datagrams/);
    return said;
  }
}

const kConnected = /exchange UDP datagrams/;
const kNoAnswer = /does not answer/;
const kNobody = /Nobody that offers "echo" is in the room/;
const kNoGateway = /No answer from a gateway at .* Check the URL/;

/// One result for each outage.
export async function outages(browser, { long }) {
  const lab = new Outages();
  await lab.start((url) => DemoPage.open(browser, url));
  const cells = [
    ['the device is dead for 4 s', () => lab.deviceAway(4, kConnected)],
    ['the gateway is dead for 3 s', () => lab.gatewayAway(3, kNoGateway)],
  ];
  if (long) {
    cells.push(
      ['the device is dead for 15 s', () => lab.deviceAway(15, kNoAnswer)],
      ['the device is dead for 45 s', () => lab.deviceAway(45, kNobody)],
      ['the gateway is dead for 20 s', () => lab.gatewayAway(20, kNoGateway)],
      ['nothing is heard of the gateway for 20 s', () => lab.gatewaySilent(20, kNoAnswer)],
    );
  }
  const results = await runCells(cells);
  await lab.stop();
  return results;
}
