// A gateway as its operator runs it: a folder with its files, its process, and what it says.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binary } from '../runner/tree.mjs';

export const kSecret = 'the-secret-of-this-test';
const kSeconds = 20;

/// Waits until `holds` gives something; an error when that takes too long.
export async function until(what, holds, seconds = kSeconds) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(20)) {
    const found = await holds();
    if (found) return found;
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

export async function get(url, options) {
  const answer = await fetch(url, options);
  return {
    status: answer.status,
    text: await answer.text(),
    type: answer.headers.get('content-type'),
  };
}

/// Calls `work` with a folder that is gone afterwards.
export async function inFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-operating-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export class Operated {
  log = [];
  output = '';

  /// `config` is the text of the file. `around` are words before the command.
  constructor(folder, config, { args = [], around = [], env = {} } = {}) {
    this.config = path.join(folder, 'gateway.toml');
    this.write(config);
    const command = [...around, binary('floe-gateway'), '--config', this.config, ...args];
    this.child = spawn(command[0], command.slice(1), {
      env: { ...process.env, FLOE_GATEWAY_SECRET: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.on('data', (chunk) => (this.output += chunk));
    this.child.stderr.on('data', (chunk) =>
      this.log.push(...String(chunk).split('\n').filter(Boolean)),
    );
    this.exit = new Promise((resolve) =>
      this.child.on('close', (code, signal) => resolve(code ?? signal)),
    );
    void this.exit.then((code) => (this.code = code));
  }

  write(config) {
    writeFileSync(this.config, config);
  }

  async listening() {
    const line = await until('the gateway listens', () => {
      if (this.code !== undefined) throw new Error(`it ended: ${this.code} ${this.log.join('; ')}`);
      return /^\{"event":"listening".*$/m.exec(this.output)?.[0];
    });
    const said = JSON.parse(line);
    this.address = said.address;
    this.admin = said.admin?.replace(/\/$/, '');
    this.turn = said.turn;
    return this;
  }

  signal(name) {
    this.child.kill(name);
  }

  /// Reads its configuration again, and says what the log says of it.
  async reload(config) {
    if (config !== undefined) this.write(config);
    const before = this.log.length;
    this.signal('SIGHUP');
    await until('a word of the reload', () =>
      this.log.slice(before).some((line) => /configuration (again|stays)/.test(line)),
    );
    await sleep(50); // the line after it
    return this.log.slice(before).join('\n');
  }

  async metrics() {
    return (await get(`${this.admin}/metrics`)).text;
  }

  async metric(name) {
    const text = await this.metrics();
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return line && Number(line.slice(name.length + 1));
  }

  async end() {
    if (this.code === undefined) this.child.kill('SIGKILL');
    await this.exit;
  }
}

/// Calls `work` with a gateway that listens.
export function withOperated(config, work, options) {
  return inFolder(async (folder) => {
    const gateway = new Operated(folder, config, options);
    try {
      await gateway.listening();
      return await work(gateway, folder);
    } finally {
      await gateway.end();
    }
  });
}

/// A certificate for `names`, signed by itself: {certificate, key}.
export function selfSigned(folder, name = 'server', names = 'DNS:localhost,IP:127.0.0.1') {
  const files = {
    certificate: path.join(folder, `${name}.pem`),
    key: path.join(folder, `${name}-key.pem`),
  };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', `/CN=${name}`, '-keyout', files.key, '-out', files.certificate],
      ...['-addext', `subjectAltName=${names}`],
    ],
    { stdio: 'pipe' },
  );
  return files;
}

/// A development gateway on loopback with an administration.
export const kPlain = `insecure-dev = true
[access]
listen = "127.0.0.1:0"
[operation]
admin = "127.0.0.1:0"
drain-timeout = 20
`;
