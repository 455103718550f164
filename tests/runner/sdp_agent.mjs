// `floe agent --signal sdp`, or a program that speaks like it: descriptions in and out, and reports.
import { LineProcess } from '../../demo/runner/process.mjs';

const kSeconds = 10;

export class SdpAgent extends LineProcess {
  #text = [];
  #printed = 0;
  #asked = 0;

  constructor(command) {
    super(command.at(-1), command);
  }

  hear(sdp) {
    this.child.stdin.write(`${sdp}\n`);
  }

  order(command, members = {}) {
    this.write({ command, ...members });
  }

  /// The first one; at the next call the second, and so on.
  async description() {
    const number = this.#asked++;
    const isIt = ({ description }) => description === number;
    return (await this.line(isIt, kSeconds, 'describe itself')).sdp;
  }

  /// The kind of our candidate in the selected pair. A channel may open before a pair is selected.
  async way() {
    const isPair = ({ event }) => event === 'selected-pair';
    await this.line(isPair, kSeconds, 'select a pair');
    return this.lines.findLast(isPair).local.type;
  }

  /// A line that begins with "{" is a report; the others up to an empty one are a description.
  takeText(ended) {
    const text = ended.replace(/\r$/, '');
    if (text.startsWith('{')) {
      super.takeText(text);
    } else if (text !== '') {
      this.#text.push(text);
    } else if (this.#text.length > 0) {
      this.take({ description: this.#printed++, sdp: `${this.#text.join('\r\n')}\r\n` });
      this.#text = [];
    }
  }
}
