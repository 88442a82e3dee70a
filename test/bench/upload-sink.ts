import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

/**
 * A storage that keeps nothing, in a process of its own: as much of the other side as an upload needs (fal-protocol §8.1,
 * §8.2), and no more work than to count. Its first line is its address.
 */
const server = createServer((request, response) => {
  const { method = '', url = '' } = request;
  void drained(request).then((bytes) => {
    response.setHeader('content-type', 'application/json');
    const here = `http://${request.headers.host ?? ''}`;
    const [, n] = /^\/put\/(\d+)/.exec(url) ?? [];
    if (url.startsWith('/rest/'))
      response.end(JSON.stringify({ upload_url: `${here}/put`, file_url: `${here}/file` }));
    else if (method === 'PUT' && n !== undefined)
      response.end(JSON.stringify({ partNumber: Number(n), etag: String(bytes) }));
    else response.end('{}');
  });
});

function drained(request: IncomingMessage): Promise<number> {
  return new Promise((resolve) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
    request.once('end', () => resolve(bytes));
  });
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
