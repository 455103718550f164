// A site with the package, as a user's page has it.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { inTree } from './tree.mjs';

/// `?policy=…` is the Content-Security-Policy of the empty page.
export async function startSite() {
  const types = { '.js': 'text/javascript', '.wasm': 'application/wasm' };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://site');
    if (pathname === '/') {
      const policy = searchParams.get('policy');
      response.setHeader('Content-Type', 'text/html');
      if (policy) response.setHeader('Content-Security-Policy', policy);
      return response.end('<!doctype html><title>a page</title>');
    }
    const body = await readFile(inTree('js/dist', pathname)).catch(() => undefined);
    if (!body) return response.writeHead(404).end();
    const type = types[pathname.slice(pathname.lastIndexOf('.'))] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
