import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { localHostsSchema } from '../../electron/fal/hosts.ts';
import type { FalHosts } from '../../electron/fal/hosts.ts';
import { root } from '../../scripts/tools.ts';

const saidSchema = z.object({ url: z.string() }).and(localHostsSchema);

export interface RingServer {
  readonly url: string;
  readonly hosts: FalHosts;
  readonly close: () => Promise<void>;
}

/** The tests' server with the models that are measured with, in a process of its own: its work is not ours. */
export async function startRingServer(): Promise<RingServer> {
  const program = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'scripts', 'local-fal.ts'),
      '--port=0',
      '--pace=0',
      '--ring',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(program, 'exit');
  const lines = createInterface({ input: program.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
  if (first === null) throw new Error('The server did not start');
  const { url, ...hosts } = saidSchema.parse(JSON.parse(String(first[0])));
  return {
    url,
    hosts,
    close: async () => {
      program.kill('SIGTERM');
      await ended;
    },
  };
}

export const KEY = 'demo:demo';
