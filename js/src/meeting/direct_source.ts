import { refuse } from '../check_options.js';
import type { ConnectOptions } from '../connect_options.js';
import { FloeError } from '../floe_error.js';
import type { AttemptMaker, AttemptSource } from './attempt.js';

/** Attempts by the browser's own WebRTC alone. */
export class DirectSource implements AttemptSource {
  readonly mayOpen = true;
  readonly #options: ConnectOptions;

  constructor(options: ConnectOptions) {
    const { channels, encryption } = options;
    if (channels) refuse('direct', '"never" or "prefer", which `channels` need');
    if (encryption === 'none') refuse('encryption', '"dtls", which WebRTC always has');
    if (!hasWebrtc(options)) throw noWebrtcError();
    this.#options = options;
  }

  async open(): Promise<AttemptMaker> {
    const { DirectAttempt, directEnds } = await import('#direct');
    const newEnd = await directEnds(this.#options);
    return (parts) => new DirectAttempt(parts, this.#options, newEnd);
  }

  close(): void {}
}

/** Whether something here is an end of WebRTC. */
export function hasWebrtc({ rtcTransport }: ConnectOptions): boolean {
  return 'RTCPeerConnection' in globalThis || (!!rtcTransport && 'RtcTransport' in globalThis);
}

function noWebrtcError(): FloeError {
  return new FloeError('NotSupportedError', 'no-webrtc', 'There is no RTCPeerConnection here.', {
    hint: 'Windows of browsers have one; elsewhere pass a `gateway`, and no `direct`.',
  });
}
