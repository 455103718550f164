// A small Debian mirror for one source package, with a pool that can be broken in several ways.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

export const kPackage = 'floe-sample';

/// The two files of a version: upstream's and Debian's.
export function filesOf(version) {
  const upstream = version.split('-')[0];
  return {
    [`${kPackage}_${upstream}.orig.tar.gz`]: Buffer.from(`upstream ${upstream}\n`.repeat(500)),
    [`${kPackage}_${version}.debian.tar.xz`]: Buffer.from(`debian ${version}\n`.repeat(500)),
  };
}

function entryOf(version) {
  const sums = Object.entries(filesOf(version)).map(
    ([name, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${name}`,
  );
  return [
    `Package: ${kPackage}`,
    'Format: 3.0 (quilt)',
    `Binary: ${kPackage}`,
    'Architecture: any',
    `Version: ${version}`,
    `Directory: pool/${kPackage}`,
    'Checksums-Sha256:',
    ...sums,
    '',
    '',
  ].join('\n');
}

/// How the mirror serves a file: {name: fault}. Faults: `missing`, `wrong bytes`, `breaks off`, `stalls`.
export class Mirror {
  constructor(versions, faults = {}) {
    this.faults = faults;
    this.asked = [];
    const sources = Buffer.from(versions.map(entryOf).join(''));
    const packages = Buffer.alloc(0);
    const index = { 'main/source/Sources': sources, 'main/binary-amd64/Packages': packages };
    const sums = Object.entries(index).map(
      ([name, bytes]) => ` ${sha256(bytes)} ${bytes.length} ${name}`,
    );
    const release = [
      'Suite: sample',
      'Codename: sample',
      'Components: main',
      'Architectures: amd64',
      'SHA256:',
      ...sums,
    ];
    this.paths = new Map([['/dists/sample/Release', Buffer.from(`${release.join('\n')}\n`)]]);
    for (const [name, bytes] of Object.entries(index))
      this.paths.set(`/dists/sample/${name}`, bytes);
    for (const version of versions) {
      for (const [name, bytes] of Object.entries(filesOf(version)))
        this.paths.set(`/pool/${kPackage}/${name}`, bytes);
    }
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async start() {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }

  answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, 'http://mirror').pathname);
    const name = path.split('/').at(-1);
    const bytes = this.paths.get(path);
    const fault = this.faults[name];
    if (path.startsWith('/pool/')) this.asked.push(name);
    if (!bytes || fault === 'missing') return response.writeHead(404).end();
    response.writeHead(200, { 'content-length': bytes.length });
    if (fault === 'wrong bytes') return response.end(Buffer.from(bytes).fill('x'));
    if (fault === 'breaks off')
      return response.write(bytes.subarray(0, 100), () => response.destroy());
    if (fault === 'stalls') return response.write(bytes.subarray(0, 100));
    return response.end(bytes);
  }
}
