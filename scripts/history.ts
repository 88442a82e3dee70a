import type { HistoryDatabase } from '../electron/history/database.ts';
import { verifyMedia } from '../electron/history/media-health.ts';
import { MediaStore } from '../electron/history/media-store.ts';
import { TransferService } from '../electron/history/transfer-service.ts';
import { keptKeys } from '../electron/profiles/key-store.ts';
import { appError } from '../shared/fal/errors.ts';
import { parseQuery } from '../shared/history/query.ts';
import type { HistoryQuery } from '../shared/history/query.ts';
import type { JsonObject } from '../shared/json.ts';
import { stringifyJson } from '../shared/json.ts';
import type { Transfer } from '../shared/ipc/transfer.ts';
import { assertNever } from '../shared/result.ts';
import { errorLine } from './fal/output.ts';
import type { Ending } from './fal/output.ts';
import { readArguments } from './history/arguments.ts';
import type { Invocation } from './history/arguments.ts';
import { openDatabaseOf } from './history/open.ts';

/** The history from a shell: one command, its output as JSON lines, one error line on stderr. */

const line = (value: JsonObject): void => void process.stdout.write(`${stringifyJson(value)}\n`);

async function main(signal: AbortSignal): Promise<Ending> {
  const read = readArguments(process.argv.slice(2));
  if (!read.ok) return read.error;
  const invocation = read.value;
  const opened = openDatabaseOf(invocation.dir, invocation.command === 'import' ? 'write' : 'look');
  if (!opened.ok) return opened.error;
  try {
    return await carryOut(invocation, opened.value, signal);
  } finally {
    opened.value.close();
  }
}

async function carryOut(
  invocation: Invocation,
  database: HistoryDatabase,
  signal: AbortSignal,
): Promise<Ending> {
  const { dir } = invocation;
  const keys = await keptKeys({ kept: async (key) => database.kept(key) });
  const found = { read: (text: string) => readWords(text, keys), came: () => undefined };
  if (invocation.command === 'search') return search(database, found.read(invocation.text), invocation);
  if (invocation.command === 'verify') return verify(database, dir, signal);
  const transfers = new TransferService({
    history: {
      search: async (query) => database.search(query),
      exportRows: async (ids) => database.exportRows(ids),
      costRows: async (ids) => database.costRows(ids),
      seeLines: async (lines, now) => database.seeLines(lines, now),
      takeLines: async (lines, now) => database.takeLines(lines, now),
      file: async (sha256) => database.file(sha256),
      putFile: async (file) => database.putFile(file),
    },
    // Not opened: that clears what the app may be about to write.
    media: new MediaStore(dir),
    found,
    profiles: { nameOf: (id) => keys.find((key) => key.id === id)?.name ?? id },
    changed: tellOf,
    imported: () => undefined,
  });
  signal.addEventListener('abort', () => transfers.cancel());
  const done = await carryOutTransfer(transfers, invocation);
  if (done.ok) line({ type: 'result', data: { ...done.value } });
  return done.ok ? null : done.error;
}

function carryOutTransfer(
  transfers: TransferService,
  invocation: Exclude<Invocation, { command: 'search' | 'verify' }>,
): ReturnType<TransferService['export' | 'costs' | 'import']> {
  switch (invocation.command) {
    case 'export':
      return transfers.export(invocation.chosen, invocation.form, invocation.path);
    case 'csv':
      return transfers.costs(invocation.chosen, invocation.path);
    case 'import':
      return transfers.import(invocation.path);
    default:
      return assertNever(invocation);
  }
}

function tellOf(transfer: Transfer | null): void {
  if (transfer !== null && transfer.total !== null) line({ type: 'status', ...transfer });
}

/** A key is named as it is called in the app, and stands in rows by its id. */
function readWords(text: string, keys: Awaited<ReturnType<typeof keptKeys>>): HistoryQuery {
  const { terms, problems } = parseQuery(text, Date.now());
  const idOf = (name: string): string => keys.find((key) => key.name.toLowerCase() === name)?.id ?? name;
  return {
    problems,
    terms: terms.map((term) =>
      term.condition.kind === 'key'
        ? { ...term, condition: { kind: 'key', key: idOf(term.condition.key) } }
        : term,
    ),
  };
}

function search(
  database: HistoryDatabase,
  query: HistoryQuery,
  { order, limit }: Extract<Invocation, { command: 'search' }>,
): Ending {
  const { ids, next, problems } = database.search({ query, order, after: null, limit });
  for (let at = 0; at < ids.length; at += 200)
    for (const { thumb: _thumb, cost, batch, ...card } of database.cards(ids.slice(at, at + 200))) {
      const made = new Date(Math.floor(card.id / 1000)).toISOString();
      line({ type: 'run', ...card, made, cost, batch: batch?.id ?? null });
    }
  line({ type: 'result', data: { runs: ids.length, more: next !== null, problems } });
  return null;
}

async function verify(database: HistoryDatabase, dir: string, signal: AbortSignal): Promise<Ending> {
  const done = await verifyMedia({
    dir,
    history: {
      fileRows: async (after, limit) => database.fileRows(after, limit),
      fileSums: async () => database.fileSums(),
      unnamedFiles: async () => database.unnamedFiles(),
    },
    signal,
    progress: () => undefined,
    now: Date.now(),
  });
  if (done === null) return appError('cancelled', 'Stopped', { hint: 'Nothing was changed.' });
  for (const sha256 of done.missing) line({ type: 'problem', problem: 'missing', sha256 });
  for (const sha256 of done.altered) line({ type: 'problem', problem: 'altered', sha256 });
  for (const { path, bytes } of done.orphans) line({ type: 'problem', problem: 'orphan', path, bytes });
  const [missing, altered, orphans] = [done.missing.length, done.altered.length, done.orphans.length];
  line({ type: 'result', data: { files: done.files, bytes: done.bytes, missing, altered, orphans } });
  return missing + altered === 0
    ? null
    : appError('storage', 'Files are missing or not what they were', {
        detail: `${missing} missing, ${altered} altered`,
        hint: 'Nothing was changed. Settings, Storage in the app downloads them again while fal has them.',
      });
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
// Whoever reads may have read enough.
process.stdout.on('error', () => process.exit(1));

const ending = await main(stop.signal).catch((error: unknown) =>
  appError('internal', 'The command failed', {
    detail: error instanceof Error ? error.message : String(error),
  }),
);
if (ending !== null) process.stderr.write(errorLine(ending));
process.exitCode = ending === null ? 0 : 1;
