// A page's own RTCPeerConnection, by functions that run in the page. Descriptions are whole: they wait
// for the candidates.

/// Resolves to the page's description; `offer` is the peer's, if the page answers. The channels of both
/// ends are in `channels`, by their labels, and each has what arrived on it in `received`. `media` are
/// kinds of media that it offers, too.
async function describe({ iceServers, offer, label, init, media = [] }) {
  const pc = new RTCPeerConnection({ iceServers });
  const channels = new Map();
  const keep = (channel) => {
    channel.binaryType = 'arraybuffer';
    channel.received = [];
    channel.addEventListener('message', ({ data }) => channel.received.push(data));
    channels.set(channel.label, channel);
  };
  pc.ondatachannel = ({ channel }) => keep(channel);
  for (const kind of media) pc.addTransceiver(kind);
  if (label) keep(pc.createDataChannel(label, init));
  window.floe = { pc, channels };
  if (offer) await pc.setRemoteDescription({ type: 'offer', sdp: offer });
  return window.describeNow();
}

/// Whether it holds within that time.
async function until(holds, milliseconds) {
  const end = performance.now() + milliseconds;
  while (!holds() && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 1));
  return holds();
}

/// Resolves to the description when its candidates are there.
async function describeNow() {
  const { pc } = window.floe;
  await pc.setLocalDescription();
  await window.until(() => pc.iceGatheringState === 'complete', 5000);
  return pc.localDescription.sdp;
}

async function restart() {
  window.floe.pc.restartIce();
  return window.describeNow();
}

const hearAnswer = (sdp) => window.floe.pc.setRemoteDescription({ type: 'answer', sdp });

/// Resolves when the channel is open; milliseconds later it throws, with the states.
async function opened({ label, milliseconds }) {
  const { pc, channels } = window.floe;
  const isOpen = () => channels.get(label)?.readyState === 'open';
  if (await window.until(isOpen, milliseconds)) return;
  throw new Error(`not open: ${pc.iceConnectionState}, ${pc.connectionState}, ${pc.sctp?.state}`);
}

/// Sends a text and resolves to the next message.
async function ask({ label, text, milliseconds }) {
  const channel = window.floe.channels.get(label);
  const before = channel.received.length;
  channel.send(text);
  const { received } = channel;
  if (await window.until(() => received.length > before, milliseconds)) return received.at(-1);
  throw new Error(`no answer to "${text}": ${channel.readyState}`);
}

/// Sends `count` messages of `size` bytes and compares what comes back; resolves to {ms}. At most
/// `waiting` bytes are under way: who echoes has to keep what cannot go back yet.
async function bulk({ label, size, count, milliseconds, waiting = 4 << 20 }) {
  const channel = window.floe.channels.get(label);
  const message = (index) => {
    const words = new Uint32Array(size / 4);
    for (let i = 0, x = (index + 1) * 2654435761; i < words.length; ++i) {
      x = Math.imul(x ^ (x >>> 15), 2246822519) + i;
      words[i] = x;
    }
    return words;
  };
  let back = 0;
  let wrong = null;
  channel.onmessage = ({ data }) => {
    const expected = message(back);
    const got = new Uint32Array(data);
    if (got.length !== expected.length || got.some((word, i) => word !== expected[i]))
      wrong ??= back;
    channel.received.length = 0;
    back += 1;
  };
  const start = performance.now();
  for (let sent = 0; sent < count && wrong === null; ++sent) {
    const hasRoom = () => (sent - back) * size < waiting || wrong !== null;
    if (!(await window.until(hasRoom, milliseconds))) break;
    channel.send(message(sent));
  }
  await window.until(() => back === count || wrong !== null, milliseconds);
  channel.onmessage = null;
  if (wrong !== null) throw new Error(`message ${wrong} came back changed`);
  if (back < count) throw new Error(`${back} of ${count} messages came back`);
  return { ms: performance.now() - start };
}

const close = () => window.floe.pc.close();

/// The functions above, called from here.
export class WebrtcPage {
  #page;

  static async open(browser) {
    const self = new WebrtcPage();
    self.#page = await browser.newPage();
    await self.#page.evaluate(
      `void Object.assign(window, { until: ${until}, describeNow: ${describeNow} })`,
    );
    return self;
  }

  describe = (options) => this.#page.evaluate(describe, options);
  restart = () => this.#page.evaluate(restart);
  hearAnswer = (sdp) => this.#page.evaluate(hearAnswer, sdp);
  opened = (label, milliseconds) => this.#page.evaluate(opened, { label, milliseconds });
  ask = (label, text, milliseconds = 5000) =>
    this.#page.evaluate(ask, { label, text, milliseconds });
  bulk = (label, options) => this.#page.evaluate(bulk, { label, ...options });
  hangUp = () => this.#page.evaluate(close);
  close = () => this.#page.close();
}
