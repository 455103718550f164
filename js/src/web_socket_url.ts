import { FloeError } from './floe_error.js';

/** The absolute ws: or wss: URL of `url`, which may be relative in a page; without a fragment. */
export function webSocketUrl(url: string | URL): URL {
  let parsed: URL;
  try {
    parsed = new URL(url, globalThis.location?.href);
  } catch (cause) {
    throw new FloeError('SyntaxError', 'bad-url', `Not a URL: ${url}`, { cause });
  }
  if (parsed.protocol === 'http:' || parsed.protocol === 'https:') {
    parsed.protocol = parsed.protocol.replace('http', 'ws');
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    throw new FloeError('SyntaxError', 'bad-url', `Not the URL of a WebSocket: ${url}`, {
      hint: 'It begins with wss: or ws:.',
    });
  }
  parsed.hash = '';
  return parsed;
}

/** Whether the host of `url` is "localhost" or a loopback address. */
export function isOnThisHost(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
