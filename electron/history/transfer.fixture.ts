import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseQuery } from '../../shared/history/query.ts';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import type { Run } from '../../shared/runs/run.ts';
import { HistoryDatabase } from './database.ts';
import { manifestOf, MANIFEST, runAsJson, RUNS } from './export-format.ts';
import { aRun, everyState, tempDir, tempHistory } from './history.fixture.ts';
import type { History } from './history.ts';
import { MediaStore } from './media-store.ts';
import { TransferService } from './transfer-service.ts';

/** A history with its files and the ways in and out of it, as the program has them. */
export async function aStore() {
  const { history, dir } = await tempHistory();
  return storeOf(history, dir);
}

/** The same without the worker, which is most of what opening a history costs. */
export async function aNearStore(): Promise<Store> {
  const dir = await tempDir();
  const near = new HistoryDatabase(join(dir, 'history.db'));
  onTestFinished(() => near.close());
  return storeOf(
    {
      newId: async (now) => near.newId(now),
      putRun: async (run) => near.putRun(run),
      run: async (id) => near.run(id),
      unfinished: async () => near.unfinished(),
      addLogs: async (id, entries) => near.addLogs(id, entries),
      logs: async (id) => near.logs(id),
      putFile: async (file) => near.putFile(file),
      file: async (sha256) => near.file(sha256),
      search: async (asked) => near.search(asked),
      marks: async (id) => near.marks(id),
      star: async (ids, on) => near.star(ids, on),
      note: async (id, text) => near.note(id, text),
      tag: async (ids, tag, on) => near.tag(ids, tag, on),
      exportRows: async (ids) => near.exportRows(ids),
      costRows: async (ids) => near.costRows(ids),
      seeLines: async (lines, now) => near.seeLines(lines, now),
      takeLines: async (lines, now) => near.takeLines(lines, now),
    },
    dir,
  );
}

type NearHistory = Pick<
  History,
  | 'newId'
  | 'putRun'
  | 'run'
  | 'unfinished'
  | 'addLogs'
  | 'logs'
  | 'putFile'
  | 'file'
  | 'search'
  | 'marks'
  | 'star'
  | 'note'
  | 'tag'
  | 'exportRows'
  | 'costRows'
  | 'seeLines'
  | 'takeLines'
>;

async function storeOf(history: NearHistory, dir: string) {
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
export type Store = Awaited<ReturnType<typeof storeOf>>;

/** An export made by hand, of these lines. */
export async function byHand(
  lines: readonly (JsonValue | Buffer)[],
  media: Record<string, string> = {},
): Promise<string> {
  const folder = join(await tempDir(), 'by hand');
  await mkdir(join(folder, 'media'), { recursive: true });
  const manifest = manifestOf({ runs: lines.length, files: 0, bytes: 0 }, 0);
  await writeFile(join(folder, MANIFEST), JSON.stringify(manifest));
  const texts = lines.map((line) => (Buffer.isBuffer(line) ? line : Buffer.from(stringifyJson(line))));
  await writeFile(join(folder, RUNS), Buffer.concat(texts.flatMap((text) => [text, Buffer.from('\n')])));
  for (const [name, content] of Object.entries(media)) await writeFile(join(folder, 'media', name), content);
  return folder;
}

/** A line of an export. */
export const lineOf = (run: Run, over: Record<string, JsonValue> = {}): Record<string, JsonValue> => ({
  run: runAsJson(run),
  marks: { star: false, note: '', tags: [] },
  logs: [],
  files: [],
  ...over,
});

/** A run that is over and was made when its id says. */
export const made = (id: number, over: Partial<Run> = {}): Run =>
  aRun(id, {
    state: { kind: 'succeeded' },
    times: { ...aRun(1).times, created: Math.floor(id / 1000) },
    ...over,
  });

const WORDS = ['wren', 'Grüße', '鳥', '🐦 "quoted"', 'line\nbreak', '=1+1', ''];

/** Of results, and of requests, each: every one costs some waits for the disk. */
const FILES = 15;

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
  const files = new Map<string, ReturnType<typeof stored>>();
  const file = (text: string): ReturnType<typeof stored> => {
    const there = files.get(text) ?? stored({ history, media }, text);
    files.set(text, there);
    return there;
  };
  for (let n = 0; n < count; n += 1) {
    const id = 1_700_000_000_000_000 + n * 1_000_000 + Math.floor(random() * 1000);
    const result = await file(`result ${Math.floor(random() * FILES)} of ${seed}`);
    const asked = await file(`asked ${Math.floor(random() * FILES)} of ${seed}`);
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

async function filesIn(history: NearHistory, dir: string) {
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
