import type { OwnBytes } from '../bytes.js';
import type { Channels } from './channels.js';
import type { Memory } from './memory.js';

/** The most that getRandomValues() fills in one call. */
const randomBytesMax = 65536;

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
export type LogFunction = (level: LogLevel, area: string, text: string) => void;
export type RandomFunction = (bytes: OwnBytes) => void;

const logLevels: readonly LogLevel[] = ['debug', 'info', 'warning', 'error'];

/** The objects that the module's imports use; wasm/src/imports.h is the other end. */
export interface ImportContext {
  readonly memory: Memory;
  readonly channels: Channels;
  readonly log: LogFunction;
  readonly random: RandomFunction;
}

export function fillRandom(bytes: OwnBytes): void {
  for (let at = 0; at < bytes.length; at += randomBytesMax) {
    crypto.getRandomValues(bytes.subarray(at, at + randomBytesMax));
  }
}

/** `context` is called late: it needs the memory, which exists only after the imports. */
export function makeImports(context: () => ImportContext): WebAssembly.ModuleImports {
  return {
    random(pointer: number, size: number): void {
      const { memory, random } = context();
      random(memory.view(pointer, size));
    },
    log(level: number, area: number, areaSize: number, text: number, textSize: number): void {
      const { memory, log } = context();
      log(logLevels[level] ?? 'error', memory.text(area, areaSize), memory.text(text, textSize));
    },
    channel_connect(
      channel: number,
      url: number,
      urlSize: number,
      subprotocol: number,
      subprotocolSize: number,
    ): void {
      const { memory, channels } = context();
      channels.connect(
        channel,
        memory.text(url, urlSize),
        memory.text(subprotocol, subprotocolSize),
      );
    },
    channel_send(channel: number, isText: number, pointer: number, size: number): number {
      const { memory, channels } = context();
      const message = isText ? memory.text(pointer, size) : memory.view(pointer, size);
      return Number(channels.send(channel, message));
    },
    channel_buffered(channel: number): number {
      return context().channels.buffered(channel);
    },
    channel_close(channel: number, code: number, reason: number, reasonSize: number): void {
      const { memory, channels } = context();
      channels.close(channel, code, memory.text(reason, reasonSize));
    },
  };
}
