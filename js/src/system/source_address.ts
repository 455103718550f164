import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/**
 * The address from which the system sends to `remote`; undefined when no route leads there. To
 * connect a UDP socket sends nothing: the system selects the route and the source address.
 */
export function sourceTowards(remote: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(remote) ? 'udp6' : 'udp4');
    const finish = (address?: string): void => {
      resolve(address);
      socket.close();
    };
    socket.once('error', () => finish());
    socket.connect(port, remote, () => finish(socket.address().address));
  });
}
