import { stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { ImportSummary } from '../../shared/ipc/transfer.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { LONGEST_LINE, mediaName } from './export-format.ts';
import type { ExportedFile } from './export-format.ts';
import type { Told } from './export-runs.ts';
import type { History } from './history.ts';
import type { SeenLine } from './import-rows.ts';
import type { ImportSource } from './import-source.ts';
import { linesOf } from './long-lines.ts';
import type { Line } from './long-lines.ts';
import type { MediaStore } from './media-store.ts';

/** Lines that are written together: what a kill may cost. */
const PIECE = { most: LONGEST_LINE, count: 50, bytes: 4 * 1024 * 1024 };

/** Lines that are told of by their number; the others are counted. */
const MOST_PROBLEMS = 20;

interface ImportOptions {
  readonly history: Pick<History, 'seeLines' | 'takeLines' | 'file' | 'putFile'>;
  readonly media: Pick<MediaStore, 'pathOf' | 'copyIn'>;
  readonly source: ImportSource;
  readonly signal: AbortSignal;
  readonly told: Told;
}

/**
 * Takes in an export, piece by piece: the files of some runs, then their rows together. Whatever ends it, what was taken in
 * is whole, and the same import again takes in the rest. Fails with how far it came.
 */
export async function importRuns(options: ImportOptions): Promise<Result<ImportSummary, AppError>> {
  const { history, source, signal, told } = options;
  const count = { added: 0, here: 0, files: 0, missing: 0, altered: 0, unreadable: 0 };
  const problems: ImportSummary['problems'] = [];
  const tried = new Set<string>();
  let done = 0;
  const unreadable = (line: number, why: string): void => {
    count.unreadable += 1;
    if (problems.length < MOST_PROBLEMS) problems.push({ line, why });
  };
  try {
    for await (const piece of linesOf(await source.runs(), PIECE)) {
      const texts = piece.flatMap(({ text }) => text ?? []);
      const seen = await history.seeLines(texts, Date.now());
      nameUnreadable(piece, seen, unreadable);
      for (const file of seen.flatMap((line) => (line.ok ? line.files : []))) {
        if (tried.has(file.sha256)) continue;
        tried.add(file.sha256);
        signal.throwIfAborted();
        const came = await takeFile(file, options);
        if (!came.ok) return fail(stopped(came.error, count));
        if (came.value !== 'here') count[came.value] += 1;
      }
      signal.throwIfAborted();
      const readable = texts.filter((_text, index) => seen[index]?.ok === true);
      for (const taken of await history.takeLines(readable, Date.now()))
        if (taken === 'new') count.added += 1;
        else if (taken === 'here') count.here += 1;
        else count.unreadable += 1;
      done += piece.length;
      told({ done, total: Math.max(source.manifest.runs, done), of: 'runs' });
    }
  } catch (error) {
    if (signal.aborted) return fail(stopped(appError('cancelled', 'The import was stopped'), count));
    const detail = error instanceof Error ? error.message : String(error);
    return fail(stopped(appError('storage', 'The import stopped on its way', { detail }), count));
  }
  return ok({ ...count, problems, lacking: Math.max(0, source.manifest.runs - done) });
}

function nameUnreadable(
  piece: readonly Line[],
  seen: readonly SeenLine[],
  unreadable: (line: number, why: string) => void,
): void {
  let at = 0;
  for (const { n, text } of piece) {
    if (text === null) unreadable(n, 'longer than any run');
    else {
      const line = seen[at];
      at += 1;
      if (line?.ok === false) unreadable(n, line.why);
    }
  }
}

/** Fails only where nothing more can be written; throws the signal's reason. */
async function takeFile(
  file: ExportedFile,
  { history, media, source, signal }: ImportOptions,
): Promise<Result<'files' | 'here' | 'missing' | 'altered', AppError>> {
  const { sha256, bytes } = file;
  const there = await stat(media.pathOf(sha256)).catch(() => null);
  if (there?.size === bytes && (await history.file(sha256)) !== null) return ok('here');
  const stream = await source.file(mediaName(file), bytes).catch(() => 'altered' as const);
  if (stream === null) return ok('missing');
  if (stream === 'altered') return ok(stream);
  try {
    // A file may be gigabytes: a stop ends it on its way.
    const copied = await media.copyIn(untilBroken(addAbortSignal(signal, stream)), file);
    if (copied.ok) {
      await history.putFile(copied.value);
      return ok('files');
    }
    signal.throwIfAborted();
    return copied.error.kind === 'storage' ? copied : ok('altered');
  } finally {
    stream.destroy();
  }
}

/** What cannot be read to its end is not the file that was meant, which its hash tells. */
async function* untilBroken(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of stream) if (part instanceof Uint8Array) yield part;
  } catch {
    // Ends it.
  }
}

function stopped(error: AppError, { added, here }: Pick<ImportSummary, 'added' | 'here'>): AppError {
  const far = `${added} new ${added === 1 ? 'run has' : 'runs have'} been taken in whole, and ${here} were here already.`;
  return { ...error, hint: `${far} Import it again to take in the rest.` };
}
