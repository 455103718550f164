import { connect } from 'floe';

const signaling = process.argv[2] ?? 'ws://127.0.0.1:8080/signal';
const device = await connect({ signaling, room: 'demo', seeks: 'echo' });
device.addEventListener('datagram', ({ data }) => {
  console.log(new TextDecoder().decode(data));
  device.close();
});
device.send(new TextEncoder().encode('hello'));
