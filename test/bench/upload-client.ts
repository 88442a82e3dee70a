import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { createFalClient } from '@fal-ai/client';
import * as z from 'zod';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../../electron/fal/connection.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { FAL_HOSTS, localHostsSchema } from '../../electron/fal/hosts.ts';
import { upload } from '../../electron/fal/storage/upload.ts';
import { createTransport } from '../../electron/fal/transport/transport.ts';
import { DIRECT } from '../../electron/fal/transport/ways.ts';
import { KEY } from './server.ts';

/**
 * One client in a process of its own, so that its memory is its own: each message is answered with the MiB a second of one
 * more upload, and the MiB by which the process had grown at most since before its first.
 */

const MIB = 2 ** 20;

const { client, path, hosts } = z
  .object({ client: z.enum(['ours', 'official', 'bare']), path: z.string(), hosts: localHostsSchema })
  .parse(JSON.parse(process.argv[2] ?? ''));

const connection: FalConnection = {
  hosts,
  credentials: () => KEY,
  ...createTransport({ waysTo: () => Promise.resolve([DIRECT]) }),
  backoff: DEFAULT_BACKOFF,
  pollInterval: DEFAULT_POLL_INTERVAL,
  userAgent: 'bench/0',
};
const official = createFalClient({
  credentials: KEY,
  fetch: (address, init) => fetch(String(address).replace(FAL_HOSTS.rest, hosts.rest), init),
});

/** Each from the disk, and none with the whole file in its hands before it begins. */
const ways = {
  async ours(): Promise<void> {
    const sent = await upload(connection, { kind: 'path', path }, { signal: new AbortController().signal });
    if (!sent.ok) throw new Error(`${sent.error.title}: ${sent.error.detail}`);
  },
  async official(): Promise<void> {
    await official.storage.upload(await openAsBlob(path));
  },
  async bare(): Promise<void> {
    const file = await open(path);
    const { size } = await file.stat();
    await new Promise((resolve, reject) => {
      const put = request(`${hosts.cdn}/put`, { method: 'PUT', headers: { 'content-length': size } });
      put.once('error', reject).once('response', (response) => response.resume().once('end', resolve));
      file.createReadStream({ highWaterMark: MIB / 2 }).pipe(put);
    });
  },
};

const before = process.memoryUsage.rss();

process.on('message', () => void measure());

async function measure(): Promise<void> {
  const { size } = await open(path).then(async (file) => {
    const stats = await file.stat();
    await file.close();
    return stats;
  });
  const began = performance.now();
  await ways[client]();
  const seconds = (performance.now() - began) / 1000;
  const grown = process.resourceUsage().maxRSS * 1024 - before;
  process.send?.([size / MIB / seconds, grown / MIB]);
}
