import { createHash } from 'node:crypto';
import * as z from 'zod';
import { openHistory } from '../../electron/history/history.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import { parseQuery } from '../../shared/history/query.ts';
import { PLAIN } from '../../shared/runs/asked.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import type { Said, Step } from './history-step.ts';
import { Random } from './random.ts';

/**
 * The history and the media store of the app, written to without an end: new runs, their logs and files, and marks on old
 * ones. Each step is said before it is asked for, and again once it is answered. Ended by a kill alone.
 */

const { dir, seed, now } = z
  .object({ dir: z.string(), seed: z.int(), now: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const LANES = 8;
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

const worker = new URL('../../electron/history/worker.ts', import.meta.url);
const { history, setAside, unwritable } = await openHistory(dir, worker);
const media = new MediaStore(dir);
await media.open();
say({ type: 'opened', setAside, unwritable });
const old = await history.search({ query: parseQuery('', now), order: 'newest', after: null, limit: 20_000 });

let steps = 0;
async function take(id: RunId, act: Step['act'], work: () => Promise<unknown>): Promise<void> {
  steps += 1;
  const n = steps;
  say({ type: 'begins', n, step: { id, act } });
  await work();
  say({ type: 'done', n });
}

/** Each lane has runs of its own, and does one thing after the other: of each run at most one step is not answered. */
async function lane(at: number): Promise<never> {
  const random = new Random(seed * 100 + at);
  const mine = old.ids.filter((_, i) => i % LANES === at);
  const marked = (id: RunId): Promise<void> => {
    const star = random.chance(0.6);
    const tag = `tag ${random.below(5)}`;
    const on = random.chance(0.7);
    const word = `note${seed}x${at}x${random.below(1e6)}end`;
    switch (random.below(3)) {
      case 0:
        return take(id, { kind: 'starred', star }, () => history.star([id], star));
      case 1:
        return take(id, { kind: 'noted', word }, () => history.note(id, word));
      default:
        return take(id, { kind: 'tagged', tag, on }, () => history.tag([id], tag, on));
    }
  };
  for (;;) {
    const id = random.pick(mine);
    switch (random.below(5)) {
      case 0:
        await wholeRun(at, random, mine);
        break;
      case 1:
        await take(id, { kind: 'trashed' }, () => history.trash([id], now));
        if (random.chance(0.3)) await take(id, { kind: 'purged' }, () => history.purge([id], now));
        else if (random.chance(0.5)) await take(id, { kind: 'restored' }, () => history.restore([id]));
        break;
      default:
        await marked(id);
    }
  }
}

async function wholeRun(at: number, random: Random, mine: RunId[]): Promise<void> {
  const id = await history.newId(now);
  const word = `run${seed}x${at}x${random.below(1e6)}end`;
  const running: Run = {
    id,
    endpointId: 'acme/bird',
    profileId: 'local',
    requestId: word,
    origin: 'queue',
    ...PLAIN,
    input: { prompt: `a wren, ${word}` },
    output: null,
    media: [],
    times: {
      created: now,
      submitted: null,
      queued: null,
      started: null,
      ended: null,
      inferenceSeconds: null,
    },
    state: { kind: 'running', trouble: null },
  };
  await take(id, { kind: 'started', word }, () => history.putRun(running));
  for (const message of [`${word} one`, `${word} two`])
    await take(id, { kind: 'logged', message }, () =>
      history.addLogs(id, [{ level: 'INFO', message, timestamp: 't' }]),
    );
  const bytes = Buffer.from(`the file of ${word}\n`.repeat(1 + random.below(2000)));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await take(id, { kind: 'ended', sha256 }, async () => {
    // As a run does: the file first, and then the row that speaks of it.
    const stored = await media.add(bytes);
    if (!stored.ok) throw new Error(stored.error.title);
    await history.putFile(stored.value);
    const { contentType } = stored.value;
    const url = 'https://v3.fal.media/files/a/b.txt';
    await history.putRun({
      ...running,
      output: { file: { url } },
      media: [
        {
          kind: 'stored',
          path: ['file'],
          medium: 'file',
          sha256,
          contentType,
          bytes: bytes.length,
          width: null,
          height: null,
          fileName: 'b.txt',
          url,
        },
      ],
      state: { kind: 'succeeded' },
    });
  });
  mine.push(id);
}

await Promise.all(Array.from({ length: LANES }, (_, at) => lane(at)));
