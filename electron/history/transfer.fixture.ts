import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseQuery } from '../../shared/history/query.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import type { Run } from '../../shared/runs/run.ts';
import { aRun, everyState, tempHistory } from './history.fixture.ts';
import type { History } from './history.ts';
import { MediaStore } from './media-store.ts';
import { TransferService } from './transfer-service.ts';

/** A history with its files and the ways in and out of it, as the program has them. */
export async function aStore() {
  const { history, dir } = await tempHistory();
  const media = new MediaStore(dir);
  await media.open();
  const told: unknown[] = [];
  const transfers = new TransferService({
    history,
    media,
    found: { read: (text) => parseQuery(text, Date.now()), came: () => undefined },
    profiles: { nameOf: (id) => `the ${id}` },
    changed: (transfer) => told.push(transfer),
    imported: () => undefined,
  });
  return { dir, history, media, transfers, told };
}
export type Store = Awaited<ReturnType<typeof aStore>>;

const WORDS = ['wren', 'Grüße', '鳥', '🐦 "quoted"', 'line\nbreak', '=1+1', ''];

/** A run of every sort by its number: what was over, logs, marks, files of results and of requests. The same for the same seed. */
export async function fill({ history, media }: Store, count: number, seed: number): Promise<void> {
  const random = mulberry(seed);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(random() * list.length)];
    if (one === undefined) throw new Error('an empty list');
    return one;
  };
  const over = everyState.filter(({ kind }) =>
    ['succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed'].includes(kind),
  );
  for (let n = 0; n < count; n += 1) {
    const id = 1_700_000_000_000_000 + n * 1_000_000 + Math.floor(random() * 1000);
    const result = await stored({ history, media }, `result ${Math.floor(random() * count)} of ${seed}`);
    const asked = await stored({ history, media }, `asked ${Math.floor(random() * count)} of ${seed}`);
    const run = aRun(id, {
      endpointId: pick(['acme/bird', 'acme/film/turbo']),
      requestId: random() < 0.5 ? null : `request-${seed}-${n}`,
      input: {
        prompt: pick(WORDS),
        seed: 12345678901234567890n + BigInt(n),
        ...(random() < 0.3 ? { image_url: mediaReference(asked.sha256) } : {}),
      },
      output: { text: pick(WORDS), n: 9007199254740993n, deep: [null, 0.1, { a: pick(WORDS) }] },
      media:
        random() < 0.6
          ? [
              {
                kind: 'stored',
                path: ['images', 0],
                medium: 'file',
                ...result,
                width: null,
                height: null,
                fileName: 'a.txt',
                url: 'https://v3.fal.media/a.txt',
              },
            ]
          : [],
      times: { ...aRun(1).times, created: Math.floor(id / 1000), ended: Math.floor(id / 1000) + n },
      options: random() < 0.3 ? { priority: 'low', hint: 'h' } : {},
      money: {
        estimate: random() < 0.5 ? { amount: 0.1, currency: 'USD' } : null,
        price: random() < 0.5 ? { amount: 0.025, unit: 'images', currency: 'USD' } : null,
        billableUnits: random() < 0.5 ? 2 : null,
      },
      state: pick(over),
    });
    await history.putRun(run);
    if (random() < 0.3)
      await history.addLogs(id, [
        { level: 'INFO', message: `one ${pick(WORDS)}`, timestamp: 't' },
        { level: 'ERROR', message: 'two', timestamp: '' },
      ]);
    if (random() < 0.3) await history.star([id], true);
    if (random() < 0.3) await history.note(id, `note ${pick(WORDS)}`);
    if (random() < 0.3) await history.tag([id], pick(['bird', 'für später']), true);
  }
}

async function stored({ history, media }: Pick<Store, 'history' | 'media'>, text: string) {
  const added = await media.add(Buffer.from(text));
  if (!added.ok) throw new Error(added.error.title);
  await history.putFile(added.value);
  return added.value;
}

/** All there is of a history: rows with marks and logs, and each file under the hash of what it holds now. */
export async function everything({ history, dir }: Pick<Store, 'history' | 'dir'>) {
  const { ids } = await history.search({
    query: parseQuery('', 0),
    order: 'oldest',
    after: null,
    limit: 20_000,
  });
  const runs: { run: Run | null; marks: unknown; logs: unknown }[] = [];
  for (const id of ids)
    runs.push({ run: await history.run(id), marks: await history.marks(id), logs: await history.logs(id) });
  return { runs, files: await filesIn(history, dir) };
}

async function filesIn(history: History, dir: string) {
  const found = await readdir(join(dir, 'media'), { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const rows = files.map(async ({ name, parentPath }) => {
    const bytes = await readFile(join(parentPath, name));
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { name, hash, row: await history.file(name) };
  });
  return (await Promise.all(rows)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Small, and the same on every machine. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
