import type { IceTransport } from 'floe';

import { element, setText } from './elements.js';

/** Shows how the connection is encrypted, and the words by which two people find a middleman. */
export class LockView {
  /** Undefined: there is no connection. */
  show(transport: IceTransport | undefined): void {
    element('lock').hidden = !transport;
    if (!transport) return;
    const { security } = transport;
    element('lock').dataset.tone = security ? 'good' : 'bad';
    setText('lock-text', textOf(security));
    setText('lock-words', security?.words ?? '');
    setText('lock-own', security?.fingerprint ?? '');
    setText('lock-peer', security?.peerFingerprint ?? '');
    setText('lock-protocol', security ? `${security.protocol}, ${security.cipher}` : '');
  }
}

function textOf(security: IceTransport['security']): string {
  if (!security) return 'Not encrypted: everybody on the path can read this.';
  return security.words ? 'Encrypted. Words to compare:' : 'Encrypted.';
}
