import * as z from 'zod';
import { logEntrySchema } from '../../shared/fal/queue.ts';
import { runMarksSchema } from '../../shared/history/card.ts';
import { MOST_TAG } from '../../shared/history/most.ts';
import { parseJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { extensionFor } from '../../shared/media/file-name.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { runSchema } from '../../shared/runs/run.ts';
import type { Run } from '../../shared/runs/run.ts';

/**
 * What an exported history is, as a folder or as a zip: `manifest.json`, `runs.jsonl` with a line a run, the oldest first,
 * and `media/<sha256>.<ext>` for each file that lay here. See docs/history-export.md.
 */
const FORMAT = 'fal-playground-history';
export const FORMAT_VERSION = 1;
export const MANIFEST = 'manifest.json';
export const RUNS = 'runs.jsonl';
export const MEDIA = 'media';

/** Bytes of a line: far more than any run has, far fewer than what reading one bears. */
export const LONGEST_LINE = 64 * 1024 * 1024;

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int().positive(),
  /** ISO 8601. */
  madeAt: z.string(),
  runs: z.int().nonnegative(),
  files: z.int().nonnegative(),
  /** Of the files, together. */
  bytes: z.int().nonnegative(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestOf = (counts: Pick<Manifest, 'runs' | 'files' | 'bytes'>, now: number): Manifest => ({
  format: FORMAT,
  version: FORMAT_VERSION,
  madeAt: new Date(now).toISOString(),
  ...counts,
});

const fileSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string().max(200),
  bytes: z.int().nonnegative(),
});
export type ExportedFile = z.infer<typeof fileSchema>;

export const exportedRunSchema = z.object({
  run: runSchema,
  marks: runMarksSchema
    .pick({ star: true, note: true })
    .extend({ tags: z.array(z.string().max(MOST_TAG)).max(1000) }),
  logs: z.array(logEntrySchema),
  /** What the history knew of the files that the run needs, whether or not they came along. */
  files: z.array(fileSchema),
});
export type ExportedRun = z.infer<typeof exportedRunSchema>;

/** What a person added to a request. Tokens stand in both, and an export is given to others. */
const withoutOwn = ({ headers: _headers, webhookUrl: _address, ...options }: Run['options']) => options;

/** A run as an export has it: an option that was not set is not there, nor are headers and a webhook of one's own. */
export function runAsJson(run: Run): JsonObject {
  const options = parseJson(JSON.stringify(withoutOwn(run.options)));
  return { ...run, options: options.ok ? options.value : {} };
}

/**
 * One line of `runs.jsonl`; a sentence says what is wrong with it. Integers keep all their digits. Headers and a webhook,
 * which older exports have, are left out: a run that is sent again from here would call whatever a stranger wrote there.
 */
export function readExportedRun(line: string): Result<ExportedRun, string> {
  const parsed = parseJson(line);
  if (!parsed.ok) return fail(`no JSON: ${parsed.message}`);
  const read = exportedRunSchema.safeParse(parsed.value);
  if (read.success) {
    const { run } = read.data;
    return ok({ ...read.data, run: { ...run, options: withoutOwn(run.options) } });
  }
  const [issue] = read.error.issues;
  return fail(issue === undefined ? 'not a run' : `${issue.path.join('.')}: ${issue.message}`);
}

/** Where a file lies in an export. The name is made of nothing but its hash and a known ending, so it cannot lead anywhere else. */
export const mediaName = ({ sha256, contentType }: Pick<ExportedFile, 'sha256' | 'contentType'>): string =>
  `${MEDIA}/${sha256}.${extensionFor(contentType)}`;
