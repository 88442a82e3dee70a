import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { build } from 'vite';

const pages = join(import.meta.dirname, 'pages');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

export interface PageServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The pages that ours is measured beside, built as any page is and served on loopback. */
export async function servePages(): Promise<PageServer> {
  const built = await build({
    configFile: false,
    root: pages,
    logLevel: 'error',
    build: {
      write: false,
      rolldownOptions: {
        input: ['bare.html', 'official.html', 'form.html'].map((name) => join(pages, name)),
      },
    },
  });
  if (!('output' in built)) throw new Error('One build was expected');
  const files = new Map(
    built.output.map((file) => [`/${file.fileName}`, file.type === 'asset' ? file.source : file.code]),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const body = files.get(pathname);
    if (body === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
