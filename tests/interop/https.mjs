// A gateway with a certificate is https and wss: to Node's own TLS, which is OpenSSL, to the native
// agent and to the one in WebAssembly.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { LineProcess } from '../../demo/runner/process.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { meet } from './meet.mjs';

const kHost = '127.0.0.1';
const kPatienceMs = 5000;
const kRequest = `GET /livez HTTP/1.1\r\nHost: ${kHost}\r\nConnection: close\r\n\r\n`;

async function textOf(socket) {
  socket.setEncoding('utf8');
  socket.setTimeout(kPatienceMs, () => socket.destroy(new Error('no answer')));
  let text = '';
  socket.on('data', (piece) => (text += piece));
  // Not by once(): an error is a result here.
  await new Promise((resolve) => socket.on('close', resolve));
  return text;
}

/// What Node's TLS makes of the server: {answer, cipher, isReused, session} or {error}.
async function visit(port, ca, options = {}) {
  const socket = connectTls({ host: kHost, port, ca, ...options });
  const result = {};
  socket.on('session', (session) => (result.session = session));
  socket.on('secureConnect', () => {
    result.cipher = socket.getCipher().name;
    result.isReused = socket.isSessionReused();
    socket.write(kRequest);
  });
  socket.on('error', (error) => (result.error = error.code));
  result.answer = await textOf(socket);
  return result;
}

async function refusesPlainHttp(port) {
  const socket = connect({ host: kHost, port });
  socket.on('error', () => {});
  socket.write(kRequest);
  assert.doesNotMatch(await textOf(socket), /^HTTP/);
}

async function judgeTls(port, authority) {
  const ca = readFileSync(authority);
  const first = await visit(port, ca);
  assert.match(first.answer, /^HTTP\/1.1 200/, first.error);
  assert.equal(first.cipher, 'ECDHE-ECDSA-AES128-GCM-SHA256');
  assert.equal(first.isReused, false);
  const second = await visit(port, ca, { session: first.session });
  assert.match(second.answer, /^HTTP\/1.1 200/, second.error);
  assert.equal(second.isReused, true);
  const chacha = await visit(port, ca, { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' });
  assert.match(chacha.answer, /^HTTP\/1.1 200/, chacha.error);
  for (const [what, options] of [
    ['CBC', { ciphers: 'ECDHE-ECDSA-AES128-SHA', maxVersion: 'TLSv1.2' }],
    ['no forward secrecy', { ciphers: 'AES128-GCM-SHA256', maxVersion: 'TLSv1.2' }],
    ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
  ]) {
    const { answer, error } = await visit(port, ca, options);
    assert.equal(answer, '', what);
    assert.ok(error, what);
  }
  await refusesPlainHttp(port);
}

async function meetOver(port, authority) {
  const tunnel = `--gateway wss://${kHost}:${port}/tunnel`;
  const native = `${binary('floe')} agent`;
  const wasm = `env NODE_EXTRA_CA_CERTS=${authority} ${process.execPath} ${inTree('js/bin/floe-agent.mjs')}`;
  for (const left of [`${native} --tls-ca ${authority}`, wasm]) {
    await meet({
      left: `${left} ${tunnel} --role controlling`,
      right: `${native} --bind ${kHost} --role controlled --echo`,
    });
  }
}

export async function servesHttps() {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-https-'));
  const { authority, certificate, key } = makeCertificate(directory, [kHost]);
  const server = new LineProcess('gateway', [
    ...[binary('floe-gateway'), '--insecure-dev', '--listen', `${kHost}:0`],
    ...['--tls-certificate', certificate, '--tls-key', key],
  ]);
  const results = [];
  try {
    const { url } = await server.line((line) => line.event === 'listening', 5, 'listen');
    assert.match(url, /^https:/);
    const port = Number(new URL(url).port);
    for (const [name, work] of [
      ['https: ciphers, versions, tickets', judgeTls],
      ['agents meet over wss', meetOver],
    ]) {
      try {
        await work(port, authority);
        results.push({ name, passed: 1 });
      } catch (error) {
        results.push({ name, failed: 1, why: error.message });
      }
    }
    return results;
  } finally {
    await server.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}
