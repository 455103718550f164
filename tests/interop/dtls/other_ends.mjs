// The ends that are not ours, built for the tests, and their certificates.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../runner/shell.mjs';
import { binary, inTree } from '../../runner/tree.mjs';

/// The names of pkg-config, which are those of the sources, too.
const kPackages = { OpenSSL: 'openssl', GnuTLS: 'gnutls' };

export const kLibraries = Object.keys(kPackages);
export const otherEnd = (library) => binary(`${kPackages[library]}-dtls-end`);

export async function buildOtherEnds() {
  for (const [library, name] of Object.entries(kPackages)) {
    const flags = (await must(['pkg-config', '--cflags', '--libs', name])).trim().split(/\s+/);
    const sources = [`${name}_end.c`, 'end.c'].map((file) => inTree('tests/interop/dtls', file));
    const warnings = ['-Wall', '-Wextra', '-Werror'];
    const options = ['-std=gnu11', '-O1', ...warnings, '-o', otherEnd(library)];
    await must(['cc', ...options, ...sources, ...flags]);
  }
}

/// {options, fingerprint} of a certificate that signs itself; the fingerprint as Node finds it.
const kP256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

async function makeCertificate(folder, name, { key = kP256, more = [] } = {}) {
  const file = (kind) => path.join(folder, `${name}-${kind}.pem`);
  await must([
    ...['openssl', 'req', '-x509', ...key],
    ...['-nodes', '-days', '2', '-subj', `/CN=${name}`, ...more],
    ...['-keyout', file('key'), '-out', file('certificate')],
  ]);
  const { fingerprint256 } = new X509Certificate(readFileSync(file('certificate')));
  const options = ['--certificate', file('certificate'), '--key', file('key')];
  return { options, fingerprint: fingerprint256 };
}

/// `large` has more than 3,000 bytes.
export async function makeCertificates(folder) {
  const names = Array.from({ length: 100 }, (_, i) => `DNS:a-name-of-${i}.example.org`);
  return {
    plain: await makeCertificate(folder, 'plain'),
    large: await makeCertificate(folder, 'large', {
      more: ['-addext', `subjectAltName=${names.join(',')}`],
    }),
    rsa: await makeCertificate(folder, 'rsa', { key: ['-newkey', 'rsa:2048'] }),
  };
}
