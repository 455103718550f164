import { Gateway, IceTransport } from 'floe';

import { FakeGateway } from './fake_gateway.mjs';

/**
 * Two connected transports on one fake gateway; all of it ends with the test `t`. `of.a` and `of.b`
 * are further options of theirs.
 */
export async function connectedPair(t, { of = {} } = {}) {
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl);
  t.after(() => gateway.close());
  const a = new IceTransport({ gateway, role: 'controlling', ...of.a });
  const b = new IceTransport({ gateway, role: 'controlled', ...of.b });
  a.onicecandidate = ({ candidate }) => b.addRemoteCandidate(candidate?.toJSON());
  b.onicecandidate = ({ candidate }) => a.addRemoteCandidate(candidate?.toJSON());
  const [ofA, ofB] = await Promise.all([a.ready, b.ready]);
  void a.gather();
  void b.gather();
  a.start({ ...ofB, iceLite: of.b?.lite });
  b.start({ ...ofA, iceLite: of.a?.lite });
  await Promise.all([reaches(a, 'completed'), reaches(b, 'completed')]);
  return { a, b, gateway, fake };
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
