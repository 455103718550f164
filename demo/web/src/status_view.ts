import { FloeError, type IceTransport } from 'floe';

import { element, setText } from './elements.js';

export type Phase =
  'idle' | 'gateway' | 'waiting' | 'checking' | 'connected' | 'disconnected' | 'failed' | 'closed';

const phases: Record<Phase, { pill: string; tone: string; words: string }> = {
  idle: {
    pill: 'not connected',
    tone: '',
    words: 'Press Connect to meet the device in this room.',
  },
  gateway: { pill: 'connecting', tone: 'busy', words: 'Asking the gateway for sockets.' },
  waiting: {
    pill: 'waiting',
    tone: 'busy',
    words: 'Joined the room. Waiting for a device.',
  },
  checking: {
    pill: 'checking',
    tone: 'busy',
    words: 'Both ends exchange candidates and try which paths work.',
  },
  connected: {
    pill: 'connected',
    tone: 'good',
    words: 'This page and the other end exchange UDP datagrams.',
  },
  disconnected: {
    pill: 'no answer',
    tone: 'busy',
    words: 'The other end does not answer at the moment. Still trying.',
  },
  failed: { pill: 'failed', tone: 'bad', words: 'There is no connection.' },
  closed: { pill: 'closed', tone: '', words: 'The connection was closed.' },
};

/** Shows the state as a label and a sentence, and the reason of a failure. */
export class StatusView {
  show(phase: Phase, words = phases[phase].words): void {
    const { pill, tone } = phases[phase];
    const target = element('state');
    target.textContent = pill;
    target.dataset.tone = tone;
    document.body.dataset.state = phase;
    setText('words', words);
    if (phase !== 'failed') element('failure').hidden = true;
  }

  /** What happened, why, and what to do about it. */
  showFailure(error: unknown): void {
    this.show('failed');
    const hint =
      error instanceof FloeError ? error.hint : 'The console of the browser may say more.';
    const message = error instanceof Error ? error.message : String(error);
    setText('failure-what', message.replace(hint ?? '', '').trim());
    setText('failure-hint', hint ?? '');
    element('failure').hidden = false;
  }

  /** Says that the browser's own WebRTC carries the datagrams. */
  showDirect(): void {
    setText('pair', "directly, by the browser's own WebRTC; the gateway carries only signalling");
    element('pair').hidden = false;
  }

  /** Shows the path in use, in words. */
  showPair(transport: IceTransport | undefined): void {
    const pair = transport?.getSelectedCandidatePair();
    const target = element('pair');
    target.hidden = !pair;
    if (!pair) return;
    const end = ({ type, address, port }: typeof pair.local): string =>
      `${type} ${address?.includes(':') ? `[${address}]` : address}:${port}`;
    target.textContent = `${end(pair.local)} ↔ ${end(pair.remote)}, over the gateway`;
  }
}
