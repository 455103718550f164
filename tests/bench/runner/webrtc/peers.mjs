// Who is at the other end of the page's data channel: a page in a browser of its own, `floe agent`, or
// the wasm agent in a page, whose sockets are the gateway's. All have the verbs of SdpAgent, and echo.
import { LineProcess } from '../../../../demo/runner/process.mjs';
import { writeSite } from '../../../netlab/page_meets.mjs';
import { browserOn } from '../../../netlab/browser.mjs';
import { SdpAgent } from '../../../runner/sdp_agent.mjs';
import { binary } from '../../../runner/tree.mjs';
import { TunnelAgent } from '../../../runner/tunnel_agent.mjs';
import { ChannelPage } from './channel_page.mjs';
import { processesOf } from './processes.mjs';

const kToken = 'the token of the bench';

/// Each: meet(role) resolves to an end for one meeting, which has processes() that work for it.
export class ChromiumPeers {
  #browser;

  async start(lab, machine) {
    this.#browser = await browserOn(lab, machine);
  }

  async meet() {
    const page = await ChannelPage.open(this.#browser);
    let described;
    return {
      hear: async (sdp) => (described = page.answer(sdp)),
      description: () => described,
      processes: () => processesOf(this.#browser),
      stop: () => page.close(),
    };
  }

  stop = () => this.#browser.close();
}

export class NativePeers {
  #command;

  start(lab, machine) {
    this.#command = [...lab.inside(machine), binary('floe'), 'agent', '--signal', 'sdp', '--echo'];
  }

  meet(role) {
    const agent = new SdpAgent([...this.#command, '--role', role]);
    agent.processes = () => [agent.pid];
    return agent;
  }

  stop() {}
}

export class TunnelPeers {
  #gateway;
  #browser;
  #page;

  /// `address` is the machine's, for the gateway's UDP.
  async start(lab, machine, address) {
    const options = ['--listen', '127.0.0.1:0', '--bind', address, '--accept-secret'];
    // The page's peer is on the same machine, whose address is one for documents.
    const reach = ['--allow', address, '--allow-own', address];
    const documents = ['--documents', writeSite(lab)];
    const command = [
      ...lab.inside(machine),
      binary('floe-gateway'),
      ...options,
      ...reach,
      ...documents,
    ];
    this.#gateway = new LineProcess('gateway', command, { env: { FLOE_GATEWAY_SECRET: kToken } });
    const { address: at } = await this.#gateway.line(
      ({ event }) => event === 'listening',
      5,
      'listen',
    );
    this.#browser = await browserOn(lab, machine);
    this.#page = await this.#browser.newPage();
    await this.#page.goto(`http://${at}/`);
  }

  meet(role) {
    const agent = new TunnelAgent(this.#page, role, kToken);
    agent.processes = async () => [this.#gateway.pid, ...(await processesOf(this.#browser))];
    return agent;
  }

  async stop() {
    await this.#browser?.close();
    await this.#gateway.stop();
  }
}
