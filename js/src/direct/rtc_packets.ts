import type { OwnBytes } from '../bytes.js';
import { Deferred } from '../front/deferred.js';
import type { RtcTransport } from './rtc_transport.js';

/** How often packets are fetched: no event tells of them. */
export const fetchMs = 5;
/** RtcTransport does not say what waits in it: so many bytes are sent between two looks, no more. */
const sentMax = 64 << 10;

/** What goes through an RtcTransport, which is asked every `fetchMs`. */
export class RtcPackets {
  #sent = 0;
  #fetched = new Deferred<void>();

  /** False: too much was sent since the last look. An empty datagram is lost: browsers send none. */
  send(transport: RtcTransport, data: Uint8Array<ArrayBuffer>): boolean {
    if (this.#sent + data.length > sentMax) return false;
    this.#sent += data.length;
    transport.sendPackets([{ data }]);
    return true;
  }

  /** Resolves when send() takes something. */
  whenWritable(): Promise<void> {
    return this.#fetched.promise;
  }

  fetch(transport: RtcTransport, take: (data: OwnBytes) => void): void {
    this.#sent = 0;
    this.#fetched.resolve();
    this.#fetched = new Deferred();
    for (const packet of transport.getReceivedPackets()) {
      const data = new Uint8Array(packet.payloadByteLength);
      packet.copyPayloadTo(data);
      take(data);
    }
  }
}
