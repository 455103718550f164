import { IceTransport, Negotiation } from 'floe';

const near = new IceTransport({ role: 'controlling' });
const far = new IceTransport({ role: 'controlled' });
const [fromNear, fromFar] = [near, far].map((end) => new Negotiation(end));
fromNear.onmessage = ({ message }) => fromFar.receive(message);
fromFar.onmessage = ({ message }) => fromNear.receive(message);
near.gather();
far.gather();

far.addEventListener('datagram', ({ data }) => far.send(data));
near.addEventListener('datagram', ({ data }) => {
  console.log(new TextDecoder().decode(data));
  near.stop();
  far.stop();
});
near.addEventListener('statechange', () => {
  if (near.state === 'connected') near.send(new TextEncoder().encode('hello'));
});
