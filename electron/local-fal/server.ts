import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange, HostName, Hosts, LocalFalHooks, LocalModel } from './types.ts';
import { detail, sendAnswer } from './http.ts';
import { FileStore } from './file-store.ts';
import { ModelIndex } from './ids.ts';
import { Multipart } from './multipart.ts';
import { JobQueue } from './job-queue.ts';
import type { Services } from './router.ts';
import { route, toExchange } from './router.ts';
import { Webhooks } from './webhooks.ts';
import { TokenMint } from './realtime/tokens.ts';
import { serveRealtime } from './realtime/upgrade.ts';
import { hillside } from './demo/hillside.ts';
import { fieldNotes } from './demo/notes.ts';
import { hillsideLive } from './demo/live.ts';

export type LocalFalOptions = {
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  /** The credential demanded after `Key `; a function is asked at each request, for a key that is revoked. */
  readonly key?: string | (() => string);
  /** 1 takes the time a real service would, 0 none that can be spared. */
  readonly pace?: number;
  /** Served beside the demo model; one of the same id takes its place. */
  readonly extraModels?: readonly LocalModel[];
  readonly hooks?: LocalFalHooks;
  /** Called once the answer is over; for the command line's log. */
  readonly onFinished?: (exchange: Exchange) => void;
};

export type LocalFal = { readonly url: string; readonly hosts: Hosts; close(): Promise<void> };

export const DEFAULT_KEY = 'demo:demo';

/** Starts a fal-compatible server on loopback. Rejects when the port is taken. */
export async function startLocalFal(options: LocalFalOptions = {}): Promise<LocalFal> {
  const closing = new AbortController();
  let services: Services | null = null;
  const server = createServer((request, response) => {
    const exchange = services && toExchange(request, response, services);
    if (!services || !exchange) return sendAnswer(response, detail(400, 'The path is not valid'));
    const { hooks } = services;
    response.once('close', () => {
      hooks.onFinished?.(exchange);
      options.onFinished?.(exchange);
    });
    route(exchange, services).catch((error: unknown) => {
      // A reader that went away is not a fault; anything else is ours and says so.
      if (response.destroyed) return;
      if (response.headersSent) return response.destroy();
      const reason = error instanceof Error ? error.message : String(error);
      sendAnswer(response, detail(500, `Internal Server Error: ${reason}`));
    });
  });
  // Clients keep connections for longer than Node's 5 s; a reset between two requests would look like a fault.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port ?? 0);
  const hosts = hostsAt(port);
  services = assemble(options, hosts, closing.signal);

  const endSessions = serveRealtime(server, services);

  const { queue } = services;
  return {
    url: hosts.url,
    hosts,
    async close() {
      closing.abort();
      queue.close();
      endSessions();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function assemble(options: LocalFalOptions, hosts: Hosts, closing: AbortSignal): Services {
  const pace = options.pace ?? 1;
  const hooks = options.hooks ?? {};
  const files = new FileStore(hosts.cdn);
  const index = new ModelIndex([hillside, hillsideLive, fieldNotes, ...(options.extraModels ?? [])]);
  for (const { thumbnail } of index.all) {
    if (thumbnail) files.addLazy(thumbnail.fileName, () => thumbnail.make());
  }
  const queue = new JobQueue({ pace, files, hooks });
  const mint = new TokenMint();
  const webhooks = new Webhooks(pace, closing);
  const { key = DEFAULT_KEY } = options;
  const keyNow = typeof key === 'string' ? () => key : key;
  const multipart = new Multipart(files, hooks);
  return { hosts, key: keyNow, pace, hooks, files, multipart, index, queue, mint, webhooks, closing };
}

function hostsAt(port: number): Hosts {
  const base = (name: HostName) => `http://127.0.0.1:${port}/${name}`;
  return {
    url: `http://127.0.0.1:${port}`,
    queue: base('queue'),
    run: base('run'),
    ws: `ws://127.0.0.1:${port}/ws`,
    rest: base('rest'),
    api: base('api'),
    cdn: base('cdn'),
    site: base('site'),
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
