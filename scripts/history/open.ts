import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { migrations } from '../../electron/history/migrations.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/**
 * The history of the app in `dir`, whether or not the app is open. It is never set aside or brought up to another version
 * from here: those are the app's to do, and to say. One that is written into is begun where there is none.
 */
export function openDatabaseOf(dir: string, mode: 'write' | 'look'): Result<HistoryDatabase, AppError> {
  const file = join(dir, 'history.db');
  const begin = mode === 'write' && !existsSync(file);
  if (!begin && !existsSync(file))
    return fail(
      appError('not_found', 'There is no history here', {
        detail: file,
        hint: 'Open the app once, or name its folder with --dir; Settings show it.',
      }),
    );
  try {
    if (begin) mkdirSync(dir, { recursive: true });
    const version = begin ? migrations.length : versionOf(file);
    if (version !== migrations.length)
      return fail(
        appError('storage', 'The history is of another version of the app', {
          detail: `It is of version ${version}, and this program works with ${migrations.length}.`,
          hint:
            version < migrations.length
              ? 'Nothing was changed. Open the app once, which brings it up to date.'
              : 'Nothing was changed. Use the version of the app that wrote it.',
        }),
      );
    return ok(new HistoryDatabase(file, mode));
  } catch (error) {
    return fail(
      appError('storage', 'The history could not be opened', {
        detail: error instanceof Error ? error.message : String(error),
        hint: 'Nothing was changed. Where the app is open and busy, try again when it is not.',
      }),
    );
  }
}

function versionOf(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  } finally {
    db.close();
  }
}
