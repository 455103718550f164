// What closes by itself at the end of a block.
import { connect, Gateway, IceTransport, SignalingClient, UdpSocket } from 'floe';

export async function closing(url: string): Promise<boolean> {
  await using connection = await connect({ signaling: url, room: 'demo' });
  await using gateway = new Gateway(url);
  await using ice = new IceTransport({ gateway });
  await using signaling = new SignalingClient(url);
  await using socket = new UdpSocket({ gateway });
  return [connection, ice, signaling, socket].every((one) => Symbol.asyncDispose in one);
}
