import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MuteServer {
  readonly url: string;
  /** How many submits arrived whole. */
  readonly submits: () => number;
  readonly close: () => void;
}

/** A server with one model that takes every submit and then hangs up, or says nothing at all. */
export async function startMuteServer(then: 'hang up' | 'say nothing'): Promise<MuteServer> {
  let submits = 0;
  let url = '';
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      request.resume().on('end', () => {
        submits += 1;
        if (then === 'hang up') request.socket.destroy();
      });
      return;
    }
    const names = ['queue', 'run', 'ws', 'rest', 'api', 'cdn', 'site'];
    response.setHeader('content-type', 'application/json');
    if (request.url === '/')
      response.end(JSON.stringify(Object.fromEntries(names.map((name) => [name, `${url}/${name}`]))));
    else if (request.url?.startsWith('/api/v1/models?limit'))
      response.end(
        JSON.stringify({
          models: [{ endpoint_id: 'test/void', metadata: { display_name: 'Void' } }],
          has_more: false,
        }),
      );
    else response.writeHead(404).end('{"detail":"Not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    submits: () => submits,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
