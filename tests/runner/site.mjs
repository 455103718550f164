// A site of files, as a user's page has it.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inTree } from './tree.mjs';

const kTypes = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const kEmptyPage = '<!doctype html><title>a page</title>';

/// Serves the folder: the package, if none is named. Its page is empty unless the folder has one;
/// `?policy=…` is the Content-Security-Policy of the page.
export async function startSite(folder = inTree('js/dist')) {
  const read = (file) => readFile(path.join(folder, file)).catch(() => undefined);
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://site');
    if (pathname === '/') {
      const policy = searchParams.get('policy');
      response.setHeader('Content-Type', 'text/html');
      if (policy) response.setHeader('Content-Security-Policy', policy);
      return response.end((await read('index.html')) ?? kEmptyPage);
    }
    const body = await read(pathname);
    if (!body) return response.writeHead(404).end();
    const type = kTypes[path.extname(pathname)] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
