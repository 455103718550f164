import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

import { element, setText } from './elements.js';
import { shareUrl } from './page_options.js';

/** The white border that a reader of QR codes needs, in modules. */
const quietZone = 4;
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** A link to the room, as text and as a QR code. */
export class Invitation {
  readonly #link = element<HTMLAnchorElement>('share-link');
  readonly #url: URL;
  readonly #token: string;

  constructor(url: URL, token: string) {
    this.#url = url;
    this.#token = token;
    element('copy').addEventListener('click', () => void this.#copy());
    element('share-loopback').hidden = !loopbackHosts.includes(url.hostname);
    element('share-token').hidden = token === '';
  }

  show(room: string): void {
    const href = shareUrl(this.#url, room, this.#token);
    if (this.#link.href === href) return;
    this.#link.href = href;
    // The token is in the link and in the code, and nobody needs to read it.
    this.#link.textContent = href.replace(/#.*/, '#…');
    setText('copied', '');
    this.#draw(href);
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link.href);
      setText('copied', 'The link is in the clipboard.');
    } catch {
      // Without https only loopback may write to the clipboard.
      getSelection()?.selectAllChildren(this.#link);
      setText('copied', 'This browser does not let the page copy. Use the menu of the link.');
    }
  }

  #draw(text: string): void {
    const code = generate(text);
    const size = code.size + 2 * quietZone;
    const root = element<SVGSVGElement>('qr');
    root.setAttribute('viewBox', `${-quietZone} ${-quietZone} ${size} ${size}`);
    root.querySelector('path')?.setAttribute('d', toSvgPath(code));
  }
}

/** A room that nobody else is in, by chance. */
export function newRoom(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `room-${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`;
}
