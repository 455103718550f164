import { presentOptions, type ConnectOptions, type OldConnectOptions } from './connect_options.js';
import { Connection } from './connection.js';

/**
 * Meets a peer in a room and connects to it: resolves when datagrams can be sent, and rejects when a
 * server cannot be reached, or no path to the peer works. While nobody is in the room, or the
 * members do not answer, it waits without a time limit and tells why by `waiting` events; `signal`
 * ends the wait.
 *
 * The connection lasts until either end closes it. When device, gateway or network went and came
 * back, it connects again by itself.
 */
export async function connect(options: ConnectOptions): Promise<Connection>;
/** @deprecated Call the signalling server `signaling`, and the AbortSignal `signal`. */
export async function connect(options: OldConnectOptions): Promise<Connection>;
export async function connect(options: ConnectOptions | OldConnectOptions): Promise<Connection> {
  const present = presentOptions(options);
  const connection = new Connection(present);
  await connection.connected;
  return connection;
}
