// A page with an RTCPeerConnection whose times are taken in the page, where no message to it counts.
// Descriptions are whole.

/// Runs in the page. Times are in ms since 1970, so that those of several processes compare.
function installMeeting() {
  const now = () => performance.timeOrigin + performance.now();
  const hasGathered = (pc) =>
    new Promise((resolve) => {
      const look = () => pc.iceGatheringState === 'complete' && resolve();
      pc.addEventListener('icegatheringstatechange', look);
      look();
    });
  window.whenOpen = (channel) =>
    new Promise((resolve) => {
      const look = () => channel.readyState === 'open' && resolve(now());
      channel.addEventListener('open', look);
      look();
    });
  const begin = () => {
    window.pc = new RTCPeerConnection();
    return window.pc;
  };
  const take = (channel) => {
    channel.binaryType = 'arraybuffer';
    window.channel = channel;
    window.opened = window.whenOpen(channel);
  };
  const describe = async () => {
    await window.pc.setLocalDescription();
    await hasGathered(window.pc);
    return window.pc.localDescription.sdp;
  };

  window.offer = () => {
    take(begin().createDataChannel('bench'));
    return describe();
  };
  window.answer = async (sdp) => {
    const pc = begin();
    window.opened = new Promise((resolve) => {
      pc.ondatachannel = ({ channel }) => {
        take(channel);
        channel.onmessage = ({ data }) => channel.send(data);
        void window.opened.then(resolve);
      };
    });
    await pc.setRemoteDescription({ type: 'offer', sdp });
    return describe();
  };
  window.hear = async (sdp) => {
    const start = now();
    await window.pc.setRemoteDescription({ type: 'answer', sdp });
    return start;
  };
}

/// Runs in the page.
function installTraffic() {
  window.openMore = (count) => {
    const channels = Array.from({ length: count }, (_, i) => window.pc.createDataChannel(`${i}`));
    return Promise.all(channels.map(window.whenOpen)).then(() => count);
  };
  /// For so long, each message comes back; at most `waiting` of them are under way.
  window.exchange = ({ size, waiting, seconds }) =>
    new Promise((resolve, reject) => {
      const { channel } = window;
      const message = new Uint8Array(size);
      const start = performance.now();
      const passed = () => (performance.now() - start) / 1000;
      let [sent, back] = [0, 0];
      const send = () => {
        for (; sent - back < waiting && passed() < seconds; ++sent) {
          new DataView(message.buffer).setUint32(0, sent);
          channel.send(message);
        }
      };
      channel.onclose = () => reject(new Error(`closed after ${back} messages`));
      channel.onmessage = ({ data }) => {
        const isNext = data.byteLength === size && new DataView(data).getUint32(0) === back;
        if (!isNext) reject(new Error(`message ${back} came back changed`));
        ++back;
        send();
        if (back === sent) resolve({ bytes: back * size, seconds: passed() });
      };
      send();
    });
}

/// The functions above, called from here.
export class ChannelPage {
  #page;

  static async open(browser) {
    const self = new ChannelPage();
    self.#page = await browser.newPage();
    await self.#page.evaluate(installMeeting);
    await self.#page.evaluate(installTraffic);
    return self;
  }

  offer = () => this.#page.evaluate(() => window.offer());
  answer = (sdp) => this.#page.evaluate((text) => window.answer(text), sdp);
  /// The answer. Resolves to when it was heard, as opened() does to when the channel was open.
  hear = (sdp) => this.#page.evaluate((text) => window.hear(text), sdp);
  opened = () => this.#page.evaluate(() => window.opened);
  openMore = (count) => this.#page.evaluate((number) => window.openMore(number), count);
  exchange = (options) => this.#page.evaluate((given) => window.exchange(given), options);
  hangUp = () => this.#page.evaluate(() => window.pc.close());
  close = () => this.#page.close();
}
