import type { ConnectOptions } from '../connect_options.js';
import { BrowserEnd } from './browser_end.js';
import type { DirectEndMaker } from './direct_end.js';

/** What makes the ends of this page, or Worker. The script of an experiment is loaded for it alone. */
export async function directEnds({
  rtcTransport,
}: Pick<ConnectOptions, 'rtcTransport'>): Promise<DirectEndMaker> {
  if (!rtcTransport || !('RtcTransport' in globalThis)) return (options) => new BrowserEnd(options);
  const { RtcTransportEnd } = await import('#rtc-transport');
  return (options) => new RtcTransportEnd(options);
}
