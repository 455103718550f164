// A gateway on a port of its own for the duration of a test.
import { startGateway } from '../../demo/runner/services.mjs';

export async function withGateway(work, options = []) {
  let died;
  const gateway = await startGateway({
    listen: '127.0.0.1:0',
    bind: '127.0.0.1',
    options,
    onExit: (error) => (died = error),
  });
  try {
    const { address } = gateway;
    const result = await work({
      address,
      gateway,
      page: `http://${address}/`,
      tunnel: `ws://${address}/tunnel`,
      room: (name) => `ws://${address}/signal/${name}`,
    });
    if (died) throw died;
    return result;
  } finally {
    await gateway.stop();
  }
}
