// The HTTP or HTTPS server of a peer: PORT [CERTIFICATE KEY] of its command line, on 127.0.0.1.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const [port, certificate, key] = process.argv.slice(2);

export const server = certificate
  ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) })
  : createServer();

server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
