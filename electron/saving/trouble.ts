import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { codeOf } from './copy-beside.ts';

const KEPT = 'The results themselves are kept in the history.';

/** Why a file could not be copied into the folder, and what to do about it. */
export function savingError(error: unknown, folder: string): AppError {
  const detail = error instanceof Error ? error.message : String(error);
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return appError('storage', 'The folder for results is not there', {
        detail: folder,
        hint: `${KEPT} Bring the folder back or choose another, then try again.`,
      });
    case 'ENOSPC':
    case 'EDQUOT':
      return appError('storage', 'The disk of the folder for results is full', {
        detail,
        hint: `${KEPT} Make room, then try again.`,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return appError('storage', 'The folder for results cannot be written', {
        detail,
        hint: `${KEPT} Allow it or choose another, then try again.`,
      });
    default:
      return appError('storage', 'A result could not be copied into your folder', {
        detail,
        hint: `${KEPT} Try again, or choose another folder.`,
      });
  }
}
