import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FalHosts } from '../../electron/fal/hosts.ts';
import { inOwnProcess } from './own-process.ts';
import type { Bench } from './row.ts';
import { inTurns, median, rounded } from './statistics.ts';

const BYTES = 2 ** 30;
const ROUNDS = 9;

/** A file of 1 GiB that takes no room on the disk, sent by each client in turns to a storage that keeps nothing. */
export const upload: Bench = {
  name: 'upload',
  run: async (say) => {
    const dir = await mkdtemp(join(tmpdir(), 'bench-upload-'));
    const path = join(dir, 'film.bin');
    await writeFile(path, '');
    await truncate(path, BYTES);
    const sink = await startSink();
    const client = (name: 'ours' | 'official' | 'bare') =>
      inOwnProcess(new URL('./upload-client.ts', import.meta.url), {
        client: name,
        path,
        hosts: hostsAt(sink.url),
      });
    const [ours, official, bare] = [client('ours'), client('official'), client('bare')];
    try {
      const paired = await inTurns(
        ROUNDS,
        {
          ours: async () => [await ours.measure()],
          official: async () => [await official.measure()],
          limit: async () => [await bare.measure()],
        },
        (round) => say(`upload: ${round + 1} of ${ROUNDS} rounds`),
      );
      // Of each round its rate and how much the process had grown by then.
      const rate = (rounds: typeof paired.ours): number => median(rounds.map(([value = 0]) => value));
      const growth = (rounds: typeof paired.ours): number =>
        Math.max(...rounds.map(([, value = 0]) => value));
      const [own, theirs, limit] = [rate(paired.ours), rate(paired.official), rate(paired.limit)];
      const memory = growth(paired.ours);
      return [
        {
          name: 'upload',
          unit: 'MiB a second',
          ours: rounded(own),
          official: rounded(theirs),
          limit: rounded(limit),
          goal: '>= 0.9 x limit, >= 2 x official',
          met: own >= 0.9 * limit && own >= 2 * theirs,
        },
        {
          name: 'upload-memory',
          unit: 'MiB more, at most',
          ours: rounded(memory),
          official: rounded(growth(paired.official)),
          limit: rounded(growth(paired.limit)),
          goal: '<= 64',
          met: memory <= 64,
        },
      ];
    } finally {
      for (const one of [ours, official, bare]) await one.end();
      await sink.close();
      await rm(dir, { recursive: true });
    }
  },
};

async function startSink(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const program = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('./upload-sink.ts', import.meta.url))],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(program, 'exit');
  const [url]: unknown[] = await once(createInterface({ input: program.stdout }), 'line');
  return {
    url: String(url),
    close: async () => {
      program.kill('SIGTERM');
      await ended;
    },
  };
}

function hostsAt(url: string): FalHosts {
  const base = (name: string): string => `${url}/${name}`;
  return {
    queue: base('queue'),
    run: base('run'),
    ws: base('ws').replace('http:', 'ws:'),
    rest: base('rest'),
    api: base('api'),
    cdn: base('cdn'),
    site: base('site'),
  };
}
