// A certificate authority of the lab's own, and a certificate by it, made by openssl(1).
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const kKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const openssl = (args) => execFileSync('openssl', args, { stdio: 'pipe' });

/// Files in `folder`, for a server at `addresses`: {authority, certificate, key}, as PEM.
export function makeCertificate(folder, addresses) {
  const file = (name) => path.join(folder, `${name}.pem`);
  const files = {
    authority: file('authority'),
    certificate: file('certificate'),
    key: file('key'),
  };
  const [authorityKey, request] = [file('authority-key'), file('request')];
  openssl([
    'req',
    '-x509',
    ...kKey,
    '-days',
    '2',
    '-subj',
    '/CN=lab authority',
    '-keyout',
    authorityKey,
    '-out',
    files.authority,
  ]);
  openssl([
    'req',
    ...kKey,
    '-subj',
    '/CN=lab server',
    '-keyout',
    files.key,
    '-out',
    request,
    '-addext',
    `subjectAltName=${addresses.map((address) => `IP:${address}`).join(',')}`,
  ]);
  openssl([
    'x509',
    '-req',
    '-in',
    request,
    '-days',
    '2',
    '-CA',
    files.authority,
    '-CAkey',
    authorityKey,
    '-CAcreateserial',
    '-copy_extensions',
    'copy',
    '-out',
    files.certificate,
  ]);
  return files;
}
