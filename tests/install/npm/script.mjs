import { connect } from 'floe';

const host = process.argv[2] ?? 'ws://127.0.0.1:8080';
const urls = { gateway: `${host}/tunnel`, signaling: `${host}/signal` };
const device = await connect({ ...urls, room: 'demo' });
device.addEventListener('datagram', ({ data }) => {
  console.log(new TextDecoder().decode(data));
  device.close();
});
device.send(new TextEncoder().encode('hello'));
