// What a page does: the objects of the package go where lib.dom wants its own.
import { Gateway, type IceCandidate, IceTransport, init, UdpSocket } from 'floe';

declare const ice: IceTransport;
declare const candidate: IceCandidate;

export const asPlatform: RTCIceTransport = ice;
export const asPlatformCandidate: RTCIceCandidateInit = candidate.toJSON();
export const targets: EventTarget[] = [ice, new Gateway('wss://gateway.example/tunnel')];
export const server: RTCIceServer = { urls: 'stun:192.0.2.1' };

export async function page(connection: RTCPeerConnection): Promise<void> {
  const { signal } = new AbortController();
  await init(fetch('floe.wasm'));
  await init(await WebAssembly.compileStreaming(fetch('floe.wasm')));
  await ice.gather({ iceServers: [server], signal });
  await connection.addIceCandidate(candidate.toJSON());
  ice.addRemoteCandidate(new RTCIceCandidate({ candidate: '' }).toJSON());
  ice.addEventListener('datagram', ({ data }) => new Blob([data]), { signal });
  new UdpSocket({ signal }).ondatagram = ({ data }) => new WebSocket('/').send(data);
  new Gateway('/tunnel', { WebSocket, log: (level, area, text) => console.log(level, area, text) });
}
