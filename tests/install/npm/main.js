import { connect } from 'floe';

const server = 'ws://127.0.0.1:8080';
const servers = { gateway: `${server}/tunnel`, signaling: `${server}/signal` };
connect({ ...servers, room: 'demo', seeks: 'echo' }).then((device) => {
  device.addEventListener('datagram', ({ data }) => {
    document.body.append(new TextDecoder().decode(data));
  });
  device.send(new TextEncoder().encode('hello'));
});
