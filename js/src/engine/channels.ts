import { webSocketOpen, type WebSocketConstructor, type WebSocketLike } from './web_socket.js';

/** A browser has no event for an empty buffer of a WebSocket, so the buffer is checked this often. */
const drainPollMs = 5;

export interface ChannelEvents {
  open(channel: number): void;
  message(channel: number, data: string | Uint8Array): void;
  drained(channel: number): void;
  closed(channel: number, code: number, reason: string): void;
}

interface Channel {
  socket: WebSocketLike;
  /** The text of the last error event; close events of a broken connection have no reason. */
  errorText: string;
  drainPoll: ReturnType<typeof setTimeout> | undefined;
}

/** The WebSockets of an engine, by the numbers that the module gave them. */
export class Channels {
  readonly #channels = new Map<number, Channel>();
  readonly #events: ChannelEvents;
  readonly #WebSocket: WebSocketConstructor | undefined;

  constructor(WebSocket: WebSocketConstructor | undefined, events: ChannelEvents) {
    this.#WebSocket = WebSocket;
    this.#events = events;
  }

  connect(number: number, url: string, subprotocol: string): void {
    let socket: WebSocketLike;
    try {
      socket = new this.#WebSocket!(url, [subprotocol]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => this.#events.closed(number, 1006, reason));
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.#channels.set(number, { socket, errorText: '', drainPoll: undefined });
    socket.onopen = () => this.#events.open(number);
    socket.onmessage = ({ data }) =>
      this.#events.message(number, typeof data === 'string' ? data : new Uint8Array(data));
    socket.onerror = (event) => {
      const channel = this.#channels.get(number);
      if (channel) channel.errorText = typeof event?.message === 'string' ? event.message : '';
    };
    socket.onclose = ({ code, reason }) => {
      const text = String(reason || this.#channels.get(number)?.errorText || '');
      this.#forget(number);
      this.#events.closed(number, code, text);
    };
  }

  /** A binary `message` is a view of the module's memory: send() copies it before it returns. */
  send(number: number, message: string | Uint8Array<ArrayBuffer>): boolean {
    const channel = this.#channels.get(number);
    if (!channel || channel.socket.readyState !== webSocketOpen) return false;
    channel.socket.send(message);
    if (channel.socket.bufferedAmount > 0) this.#watchBuffer(number, channel);
    return true;
  }

  buffered(number: number): number {
    return this.#channels.get(number)?.socket.bufferedAmount ?? 0;
  }

  close(number: number, code: number, reason: string): void {
    const channel = this.#channels.get(number);
    if (!channel) return;
    if (code === 0) {
      this.#forget(number);
      channel.socket.close();
    } else {
      channel.socket.close(code, reason);
    }
  }

  closeAll(): void {
    for (const number of [...this.#channels.keys()]) this.close(number, 0, '');
  }

  #watchBuffer(number: number, channel: Channel): void {
    channel.drainPoll ??= setTimeout(() => {
      channel.drainPoll = undefined;
      if (this.#channels.get(number) !== channel) return;
      if (channel.socket.bufferedAmount > 0) this.#watchBuffer(number, channel);
      else this.#events.drained(number);
    }, drainPollMs);
  }

  #forget(number: number): void {
    const channel = this.#channels.get(number);
    if (!channel) return;
    clearTimeout(channel.drainPoll);
    const { socket } = channel;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = () => {}; // npm ws throws an error event that has no listener
    this.#channels.delete(number);
  }
}
