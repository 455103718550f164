import { Gateway, IceTransport } from 'floe';

import { FakeGateway } from './fake_gateway.mjs';

/** Two transports on one fake gateway, which know each other's parameters and candidates. */
export async function connectedPair({ left = {}, right = {} } = {}) {
  const fake = await FakeGateway.start();
  const gateway = new Gateway(fake.tunnelUrl);
  const a = new IceTransport({ gateway, role: 'controlling', ...left });
  const b = new IceTransport({ gateway, role: 'controlled', ...right });
  a.onicecandidate = ({ candidate }) => b.addRemoteCandidate(candidate?.toJSON());
  b.onicecandidate = ({ candidate }) => a.addRemoteCandidate(candidate?.toJSON());
  const [ofA, ofB] = await Promise.all([a.ready, b.ready]);
  void a.gather();
  void b.gather();
  a.start(ofB);
  b.start(ofA);
  await Promise.all([reaches(a, 'completed'), reaches(b, 'completed')]);
  const end = async () => {
    a.stop();
    b.stop();
    gateway.close();
    await fake.stop();
  };
  return { a, b, gateway, fake, end };
}

/** Resolves when the transport is in that state. */
export function reaches(transport, state) {
  return new Promise((resolve) => {
    const look = () => transport.state === state && resolve();
    transport.addEventListener('statechange', look);
    look();
  });
}

/** Resolves with the next event of that type. */
export function next(target, type) {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
}
