import { connect } from 'floe';

const server = 'ws://127.0.0.1:8080';
const options = { gateway: `${server}/tunnel`, signaling: `${server}/signal`, room: 'demo' };
connect(options).then((device) => {
  device.addEventListener('datagram', ({ data }) => {
    document.body.append(new TextDecoder().decode(data));
  });
  device.send(new TextEncoder().encode('hello'));
});
