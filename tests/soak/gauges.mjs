// The gauges of a gateway that count what clients hold.
import { until } from '../operating/operated.mjs';

const kHeld =
  /^floe_(quota_used\{.*|strangers.*|tunnel_sessions|tunnel_sockets|http_connections|room_connections|whip_sessions|turn_allocations)$/;
/// A connection that does not answer is closed after about this.
const kSeconds = 30;

const held = (metrics) => [...metrics].filter(([name]) => kHeld.test(name));
const text = (gauges) => gauges.map(([name, count]) => `${name} ${count}`).join(', ');

/// Waits until nothing is held any more.
export async function allZero(gateway) {
  let left = [];
  const isZero = async () => {
    left = held(await gateway.metrics()).filter(([, count]) => count !== 0);
    return left.length === 0;
  };
  await until('all gauges are zero', isZero, kSeconds).catch((error) => {
    throw new Error(`${error.message}: ${text(left)}`);
  });
}

/// Waits until nobody holds more than `clients` with a session and a socket each do.
export async function onlyOf(clients, gateway) {
  let above = [];
  const isBack = async () => {
    above = held(await gateway.metrics()).filter(([, count]) => count > clients);
    return above.length === 0;
  };
  await until('the gauges are back', isBack, kSeconds).catch((error) => {
    throw new Error(`${error.message}: ${text(above)}`);
  });
}
