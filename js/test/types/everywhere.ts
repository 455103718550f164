// What a program of TypeScript does with the package, in pages and in Node alike.
import {
  connect,
  FloeError,
  Gateway,
  type IceCandidateInit,
  IceTransport,
  init,
  Negotiation,
  SignalingClient,
  UdpSocket,
} from 'floe';
import { DataChannels } from 'floe/channels';
import { fromSdp, toSdp } from 'floe/sdp';

declare function send(candidate: IceCandidateInit): void;

export async function meet(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const connection = await connect({ signaling: url, room: 'demo', signal });
  connection.addEventListener('waiting', ({ code, reason }) => print(code, reason));
  connection.ondatagram = ({ data }) => print(data.byteLength);
  connection.send(new Uint8Array(4)) && connection.send(new ArrayBuffer(4));
  const reader = connection.datagrams.readable.getReader();
  const { value } = await reader.read();
  return value ?? new Uint8Array();
}

export async function doors(signaling: string): Promise<void> {
  const channels = new DataChannels({ maxMessageSize: 1000 });
  channels.ondatachannel = ({ channel }) => channel.send(channel.label);
  await connect({ signaling, room: 'demo', channels });
  const channel = channels.createDataChannel('doors', { ordered: false, maxRetransmits: 0 });
  channel.addEventListener('open', () => channel.send(new Uint8Array(4)), { once: true });
  channel.onmessage = ({ data }) => print(typeof data === 'string' ? data.length : data);
  channel.onerror = ({ error }) => print(error.code, channel.bufferedAmount);
  // @ts-expect-error A channel is made by DataChannels.
  channels.createDataChannel('doors', { ordered: 'yes' });
}

export async function transport(gateway: Gateway): Promise<void> {
  const ice = new IceTransport({ gateway, role: 'controlled', nomination: 'regular' });
  ice.addEventListener('icecandidate', ({ candidate }) => candidate && send(candidate.toJSON()));
  ice.addEventListener('statechange', { handleEvent: ({ type }) => print(type) }, { once: true });
  ice.onstatechange = function () {
    print(this.getSelectedCandidatePair()?.local.address ?? this.explanation);
  };
  ice.onselectedcandidatepairchange = function ({ component }) {
    print(this.getSelectedCandidatePair(component));
  };
  await ice.gather({ iceServers: [{ urls: 'stun:192.0.2.1' }], family: 4 });
  for (const { id, type, timestamp } of (await ice.getStats()).values()) print(id, type, timestamp);
  const negotiation = new Negotiation(ice);
  negotiation.receive(fromSdp(toSdp([]))[0] ?? '{}');
}

export function told(error: unknown): string {
  if (!(error instanceof FloeError)) return 'another error';
  return error.code === 'no-path' ? error.hint : error.name;
}

export async function udp(): Promise<void> {
  await init(new URL('floe.wasm', 'https://example.com/'));
  const socket = new UdpSocket({ portRange: [5000, 5010] });
  const { address, port } = await socket.ready;
  socket.send(new DataView(new ArrayBuffer(2)), address, port);
  socket.close();
}

export function mistakes(ice: IceTransport, client: SignalingClient): void {
  // @ts-expect-error There is no such event.
  ice.addEventListener('icecandidates', () => {});
  // @ts-expect-error There is no such event.
  ice.removeEventListener('icecandiate', () => {});
  // @ts-expect-error There is no such event.
  client.addEventListener('peerjoin', () => {});
  // @ts-expect-error Another event has `candidate`.
  ice.addEventListener('datagram', ({ candidate }) => candidate);
  // @ts-expect-error A datagram is bytes.
  ice.send('text');
  // @ts-expect-error There is no such option.
  new IceTransport({ gatway: 'wss://gateway.example/tunnel' });
  // @ts-expect-error There is no such code.
  told(new FloeError('NetworkError', 'no-way', 'It went wrong.'));
}

function print(..._: unknown[]): void {}
