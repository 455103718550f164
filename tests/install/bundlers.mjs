// The bundlers that the package works with unconfigured: what a user installs and writes for each, and
// the commands that serve the app and build it.

/// One page that loads one module.
const plainApp = (program) => ({
  'index.html':
    '<!doctype html>\n<title>An app</title>\n<script type="module" src="./main.js"></script>\n',
  'main.js': program,
});

/// The program runs in the page that Next renders, and not on the server.
function nextApp(program) {
  const body = program.replace(/^import .*\n/m, '');
  return {
    'app/layout.jsx': `export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`,
    'app/page.jsx': `'use client';
import { useEffect } from 'react';
import { connect } from 'floe';

async function run() {
${body}}

export default function Page() {
  useEffect(() => void run(), []);
  return <p>An app</p>;
}
`,
  };
}

const at = (port) => ['--host', '127.0.0.1', '--port', port, '--strictPort'];

const vite = (version) => ({
  name: `Vite ${version}`,
  packages: [`vite@${version}`],
  app: plainApp,
  dev: (port) => ['vite', ...at(port)],
  build: ['vite', 'build'],
  serve: (port) => ['vite', 'preview', ...at(port)],
});

/// The first of `packages` is the one whose version is told. `build` leaves files in dist; without
/// `serve` they are served as they are, and with `page` the page is beside them already.
export const kBundlers = [
  ...[5, 6, 7, 8].map(vite),
  {
    name: 'webpack 5',
    packages: ['webpack@5', 'webpack-cli'],
    app: plainApp,
    build: ['webpack', '--mode', 'production', '--entry', './main.js'],
  },
  {
    name: 'esbuild',
    packages: ['esbuild'],
    app: plainApp,
    build: ['esbuild', 'main.js', '--bundle', '--format=esm', '--outdir=dist'],
  },
  {
    name: 'Rollup',
    packages: ['rollup', '@rollup/plugin-node-resolve'],
    app: plainApp,
    build: ['rollup', 'main.js', '--plugin', 'node-resolve', '--format', 'es', '--dir', 'dist'],
  },
  {
    name: 'Parcel',
    packages: ['parcel'],
    app: plainApp,
    dev: (port) => ['parcel', 'index.html', '--port', port, '--host', '127.0.0.1'],
    build: ['parcel', 'build', 'index.html'],
    page: true,
  },
  {
    name: 'Next',
    packages: ['next', 'react', 'react-dom'],
    app: nextApp,
    dev: (port) => ['next', 'dev', '--port', port, '--hostname', '127.0.0.1'],
    build: ['next', 'build'],
    serve: (port) => ['next', 'start', '--port', port, '--hostname', '127.0.0.1'],
  },
];
