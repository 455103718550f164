import type { IceTransport } from '../ice_transport.js';

const lookEveryMs = 250;
/** A peer that is there answers what is sent to it. */
const silentWhenSendingMs = 2_500;
/** A peer that is there answers a consent check (RFC 7675), sent each 4 to 6 seconds. */
const silentMs = 6_500;

/**
 * Whether nothing comes over the transport any more: resolves with false as soon as something
 * comes.
 */
export async function isSilent(transport: IceTransport): Promise<boolean> {
  const begin = performance.now();
  const before = await traffic(transport);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    if (transport.state === 'closed') return true;
    const now = await traffic(transport);
    if (now.received > before.received) return false;
    const isSending = now.sent > before.sent;
    if (performance.now() - begin >= (isSending ? silentWhenSendingMs : silentMs)) return true;
  }
}

async function traffic(transport: IceTransport): Promise<{ sent: number; received: number }> {
  for (const stats of (await transport.getStats()).values()) {
    if (stats.type !== 'transport') continue;
    return { sent: stats.packetsSent, received: stats.packetsReceived };
  }
  return { sent: 0, received: 0 };
}
