import type { AppError } from '../../shared/fal/errors.ts';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunId, RunMedia } from '../../shared/runs/run.ts';
import { kindOfType } from '../../shared/media/kind.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { extensionFor } from '../../shared/media/file-name.ts';
import type { StoredFile } from './small-tables.ts';
import type { History } from './history.ts';

export interface MendOptions {
  readonly history: Pick<History, 'runsOfFile' | 'run' | 'updateRun' | 'dropFile'>;
  /** Downloads and writes down a file; what is there under its hash is replaced. */
  readonly fetchAgain: (
    profileId: string,
    url: string,
    claimedType: string,
  ) => Promise<Result<StoredFile, AppError>>;
  readonly changed: (run: Run) => void;
}

/** Runs whose addresses are tried: of more than these, all are as old as the others. */
const MOST_RUNS = 20;

/**
 * Downloads a file again from the addresses its runs hold. `same`: it is what it was. `other`: what lies there now is another
 * file, which the run has from now on; the old one is gone.
 */
export async function mendFile(
  sha256: string,
  options: MendOptions,
): Promise<Result<'same' | 'other', AppError>> {
  const { history, fetchAgain } = options;
  let failure: AppError = noAddress();
  let other: { readonly id: RunId; readonly file: StoredFile } | null = null;
  const tried = new Set<string>();
  for (const id of await history.runsOfFile(sha256, MOST_RUNS)) {
    const run = await history.run(id);
    if (run === null) continue;
    for (const item of run.media) {
      if (item.kind !== 'stored' || item.sha256 !== sha256 || item.url === '' || tried.has(item.url))
        continue;
      tried.add(item.url);
      const file = await fetchAgain(run.profileId, item.url, item.contentType);
      if (!file.ok) {
        failure = file.error;
        continue;
      }
      if (file.value.sha256 === sha256) return ok('same');
      // A page that says that it is gone is no picture.
      if (kindOfType(file.value.contentType) === kindOfType(item.contentType))
        other ??= { id, file: file.value };
      else failure = otherKind(item.url, file.value.contentType);
    }
  }
  if (other === null) return fail(failure);
  const { file } = other;
  // Downloads take their time: meanwhile the run may have become another, or be gone for good.
  const run = await history.run(other.id);
  if (run === null) return fail(goneMeanwhile());
  if (!isOver(run.state)) return fail(failure);
  const changed = { ...run, media: run.media.map((item) => replaced(item, sha256, file)) };
  if (!(await history.updateRun(changed))) return fail(goneMeanwhile());
  await history.dropFile(changed.id, sha256);
  options.changed(changed);
  return ok('other');
}

function replaced(item: RunMedia, sha256: string, file: StoredFile): RunMedia {
  if (item.kind !== 'stored' || item.sha256 !== sha256) return item;
  const same = file.contentType === item.contentType;
  const name = item.fileName.replace(/\.[^.]+$/, '');
  return {
    ...item,
    ...file,
    width: same ? item.width : null,
    height: same ? item.height : null,
    fileName: same ? item.fileName : `${name}.${extensionFor(file.contentType)}`,
  };
}

const otherKind = (url: string, contentType: string): AppError =>
  appError('not_found', 'The file is not at its address any more', {
    detail: `${URL.parse(url)?.host ?? ''}: ${contentType}`,
    hint: 'The request is kept: run it again.',
  });

const goneMeanwhile = (): AppError =>
  appError('not_found', 'The run of this file was deleted for good meanwhile', {
    hint: 'Nothing is left to be mended.',
  });

const noAddress = (): AppError =>
  appError('not_found', 'This file cannot be downloaded again', {
    detail: 'No run holds an address of it.',
    hint: 'It came within the answer itself, or was chosen on this computer. The request is kept: run it again.',
  });
