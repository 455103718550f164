// Who else is in the room: {joined: a promise, close()}.
import { inTree } from '../runner/tree.mjs';

const { IceTransport, Negotiation, SignalingClient } = await import(inTree('js/dist/node.js'));
const { EchoDevice } = await import(inTree('js/bin/echo/echo_device.mjs'));

const kMembers = {
  mute: (room) => new SignalingClient(room, { name: 'mute' }),
  lost: (room) => lost(room, {}),
  plain: (room) => lost(room, { encryption: 'none' }),
  leaver,
  echo,
};

function echo(room) {
  let told;
  const joined = new Promise((resolve) => (told = resolve));
  const options = { name: 'echo', stun: [], token: '' };
  const device = new EchoDevice(room, options, (line) => line.startsWith('in the room') && told());
  return { joined, close: () => device.close() };
}

/// It leaves after a second.
function leaver(room) {
  const { joined, close } = echo(room);
  joined.then(() => setTimeout(close, 1_000));
  return { joined, close: () => {} };
}

/// It answers, and has no candidate at all.
function lost(room, options) {
  const client = new SignalingClient(room, { name: 'lost' });
  const transports = [];
  client.onpeerjoined = ({ peer }) => {
    const transport = new IceTransport({ role: peer.role, addresses: ['127.0.0.1'] });
    const negotiation = new Negotiation(transport, options);
    negotiation.onmessage = ({ message }) => client.send(message, peer.id);
    client.onmessage = ({ message }) => negotiation.receive(message);
    transports.push(transport);
  };
  return {
    joined: client.joined,
    close: () => {
      for (const transport of transports) transport.close();
      client.close();
    },
  };
}

/// Resolves with an end when the member is in the room; undefined: nobody is wanted.
export async function enter(kind, room) {
  if (!kind) return undefined;
  const member = kMembers[kind](room);
  await member.joined;
  return member;
}
