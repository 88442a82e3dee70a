import { PLAIN } from '../../shared/runs/asked.ts';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Run, RunState } from '../../shared/runs/run.ts';
import { mountSmallDisk } from '../../test/small-disk.ts';
import type { SmallDisk } from '../../test/small-disk.ts';
import { openHistory } from './history.ts';
import type { OpenedHistory } from './history.ts';

/** What the tests of the services share; nothing the app ships imports it. */

/** A folder of its own for each test, gone when the test is over. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'playground-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** The real database in its real worker. */
export async function tempHistory(
  dir?: string,
  indexed?: () => void,
): Promise<OpenedHistory & { readonly dir: string }> {
  const place = dir ?? (await tempDir());
  const opened = await openHistory(place, new URL('./worker.ts', import.meta.url), indexed);
  // Closed before its folder goes; a test that closed it itself may have done so.
  onTestFinished(() => opened.history.close().catch(() => undefined));
  return { ...opened, dir: place };
}

/** A disk of its own, `size` as mount understands it; null where only the system's owner may make one. */
export async function smallDisk(size: string): Promise<SmallDisk | null> {
  const dir = join(await tempDir(), 'disk');
  await mkdir(dir);
  const disk = mountSmallDisk(dir, size);
  if (disk !== null) onTestFinished(disk.unmount);
  return disk;
}

export function aRun(id: number, over: Partial<Run> = {}): Run {
  return {
    id,
    endpointId: 'acme/bird',
    profileId: 'local',
    requestId: null,
    origin: 'queue',
    ...PLAIN,
    input: { prompt: 'a wren' },
    output: null,
    media: [],
    times: {
      created: 1000,
      submitted: null,
      queued: null,
      started: null,
      ended: null,
      inferenceSeconds: null,
    },
    state: { kind: 'submitting' },
    ...over,
  };
}

const error = appError('network', 'Away');

/** One of each kind. */
export const everyState: readonly RunState[] = [
  { kind: 'uploading', done: 0, total: 1 },
  { kind: 'submitting' },
  { kind: 'confirming', error, cancelWish: false },
  { kind: 'unconfirmed', error, lookup: { kind: 'none_found' } },
  { kind: 'queued', position: 2, trouble: null },
  { kind: 'running', trouble: error },
  { kind: 'fetching', trouble: null },
  { kind: 'saving', done: 1, total: 2 },
  { kind: 'succeeded' },
  { kind: 'failed', error },
  { kind: 'cancelling' },
  { kind: 'cancelled', word: 'OK' },
  { kind: 'lost', error },
];
