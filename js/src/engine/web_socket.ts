import type { OwnBytes } from '../bytes.js';

/** The part of a WebSocket that the engine needs: of the browser's, npm `ws`, or one from a test. */
export interface WebSocketLike {
  binaryType: string;
  readonly bufferedAmount: number;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  readonly readyState: number;
  send(data: string | OwnBytes): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

export const webSocketOpen = 1;
