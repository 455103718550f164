// Lets the page that demo/run opened kill the parts of the demo and start them again:
//   GET /parts, POST /parts/NAME/kill, POST /parts/NAME/start
// Each answers with {parts: {NAME: {state, words}}}, with `error` when it was not done; a request that is
// refused has `error` alone. It listens on loopback, for pages of the gateway's origin that know the
// token.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';

const kHost = '127.0.0.1';
const kActions = ['kill', 'start'];
const kActionsMax = 30; // in kActionsWithinMs
const kActionsWithinMs = 60_000;
const kConnectionsMax = 16;
const kRequestMs = 5_000;

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Control {
  #parts;
  #origins;
  #token = randomBytes(18).toString('base64url');
  #times = []; // of the latest actions
  #server = http.createServer({ requestTimeout: kRequestMs }, (request, response) =>
    this.#answer(request, response),
  );

  /// `parts`: {NAME: Part}. `origins`: of the pages that may ask.
  constructor(parts, origins) {
    this.#parts = parts;
    this.#origins = origins;
    this.#server.maxConnections = kConnectionsMax;
  }

  /// Resolves with what the page must know, PORT.TOKEN.
  async listen() {
    this.#server.listen(0, kHost);
    await once(this.#server, 'listening');
    return `${this.#port}.${this.#token}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #port() {
    return this.#server.address().port;
  }

  async #answer(request, response) {
    request.resume();
    const { origin } = request.headers;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('vary', 'origin');
    if (this.#origins.includes(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-headers', 'authorization');
    }
    try {
      this.#admit(request);
      if (request.method === 'OPTIONS') return response.writeHead(204).end();
      this.#authorize(request);
      const action = this.#actionOf(request);
      const error = await action().then(
        () => undefined,
        ({ message }) => message,
      );
      this.#say(response, 200, { parts: this.#views(), error });
    } catch (error) {
      this.#say(response, error.status ?? 500, { error: error.message });
    }
  }

  /// The name in Host keeps out pages whose own name leads to loopback.
  #admit({ headers }) {
    if (headers.host !== `${kHost}:${this.#port}`) throw new Refusal(403, 'another host');
    if (!this.#origins.includes(headers.origin)) throw new Refusal(403, 'another origin');
  }

  #authorize({ headers }) {
    const expected = Buffer.from(`Bearer ${this.#token}`);
    const given = Buffer.from(headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new Refusal(401, 'another token');
  }

  #actionOf({ method, url }) {
    if (method === 'GET' && url === '/parts') return async () => {};
    const [, name, action] = /^\/parts\/(\w+)\/(\w+)$/.exec(url) ?? [];
    if (method !== 'POST' || !Object.hasOwn(this.#parts, name) || !kActions.includes(action))
      throw new Refusal(404, 'no such action');
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < kActionsWithinMs);
    if (this.#times.length >= kActionsMax) throw new Refusal(429, 'too many actions in a minute');
    this.#times.push(now);
    return () => this.#parts[name][action]();
  }

  #views() {
    return Object.fromEntries(Object.entries(this.#parts).map(([name, { view }]) => [name, view]));
  }

  #say(response, status, body) {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  }
}
