// coturn as a STUN server on two addresses, for RFC 5780.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const kReadyMs = 5000;

/// Runs in the lab's namespace `s` until the lab is closed; resolves when it listens.
export async function startCoturn(lab) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-coturn-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  const log = path.join(directory, 'log');
  lab.start('s', [
    'turnserver', '-n', '-v', '--no-auth', '--no-tls', '--no-dtls', '--no-cli', '--no-stdout-log',
    '-L', '198.51.100.2', '-L', '198.51.100.3', '-p', '3478', '--alt-listening-port', '3479',
    '--log-file', log, '--simple-log', '--pidfile', path.join(directory, 'pid'),
    '--userdb', path.join(directory, 'db'),
  ]);
  for (let waited = 0; waited < kReadyMs; waited += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      if (readFileSync(log, 'utf8').includes('IPv4. UDP listener opened on: 198.51.100.3:3479')) return;
    } catch {
      // not written yet
    }
  }
  throw new Error(`coturn did not start: ${readFileSync(log, 'utf8').split('\n').slice(-5).join(' ')}`);
}
