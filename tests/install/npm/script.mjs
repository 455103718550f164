import { connect } from 'floe';

const host = process.argv[2] ?? 'ws://127.0.0.1:8080';
const device = await connect({ gateway: `${host}/tunnel`, signal: `${host}/signal`, room: 'demo' });
device.transport.addEventListener('datagram', ({ data }) => {
  console.log(new TextDecoder().decode(data));
  device.close();
});
device.send(new TextEncoder().encode('hello'));
