// The package in a page, as an end that speaks SDP: the wasm agent, whose sockets are the gateway's. It
// has the verbs of SdpAgent. Descriptions are whole, and channels are echoed.

/// Runs in the page. As the one that answers, the agent begins DTLS.
async function start({ role, token }) {
  const { Gateway, IceTransport, Negotiation } = await import('/dist/index.js');
  const { DataChannels } = await import('/dist/channels.js');
  const { fromSdp, toSdp } = await import('/dist/sdp.js');
  const gateway = new Gateway('/tunnel', { token });
  const transport = new IceTransport({ gateway, role });
  const channels = new DataChannels();
  const negotiation = new Negotiation(transport, { channels, trickle: false });
  const isAnswerer = role === 'controlled';
  const texts = [];
  let hasOffer = !isAnswerer;
  let ours;
  const describe = () => {
    if (!ours || !hasOffer) return;
    if (isAnswerer) ours.dtls.setup = 'active';
    texts.push(toSdp(ours, { type: isAnswerer ? 'answer' : 'offer' }));
  };
  negotiation.onmessage = ({ message }) => {
    if (message.type !== 'description') return;
    ours = message;
    describe();
  };
  const hear = (text) => {
    for (const message of fromSdp(text, { type: isAnswerer ? 'offer' : 'answer' })) {
      if (isAnswerer && message.dtls) message.dtls.setup = 'passive';
      negotiation.receive(message);
    }
    if (!hasOffer) {
      hasOffer = true;
      describe();
    }
  };
  const echo = (channel) => (channel.onmessage = ({ data }) => channel.send(data));
  channels.ondatachannel = ({ channel }) => echo(channel);
  void transport.gather();
  window.tunnel = {
    hear,
    texts,
    open: (label) => echo(channels.createDataChannel(label)),
    way: () => transport.getSelectedCandidatePair()?.local.type,
    stop: () => gateway.close(),
  };
}

export class TunnelAgent {
  errors = [];

  #page;
  #started;
  #described = 0;

  /// `page` is one of the site that the gateway serves, with the package beside it.
  constructor(page, role, token) {
    this.#page = page;
    page.on('pageerror', ({ message }) => this.errors.push(message));
    this.#started = page.evaluate(start, { role, token });
  }

  async hear(sdp) {
    await this.#started;
    await this.#page.evaluate((text) => window.tunnel.hear(text), sdp);
  }

  /// Of the agent's orders it knows open-channel.
  async order(command, { label }) {
    await this.#started;
    await this.#page.evaluate((text) => window.tunnel.open(text), label);
  }

  async description() {
    await this.#started;
    const number = this.#described++;
    const handle = await this.#page.waitForFunction((at) => window.tunnel.texts[at], number, {
      polling: 2,
      timeout: 10_000,
    });
    return handle.jsonValue();
  }

  async way() {
    return this.#page.evaluate(() => window.tunnel.way());
  }

  async stop() {
    await this.#page.evaluate(() => window.tunnel.stop());
  }
}
