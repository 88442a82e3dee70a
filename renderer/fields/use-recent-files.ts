import { useCallback, useRef, useState } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { RecentFile } from '../../shared/ipc/media.ts';
import type { FileMedium } from '../../shared/media/input.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';

const PAGE = 48;

interface RecentFiles {
  readonly files: readonly RecentFile[];
  readonly more: boolean;
  /** Why the next page did not come. */
  readonly failed: AppError | null;
  /** Asks for the next page, unless it is on its way. */
  readonly loadMore: () => void;
}

interface Pages {
  readonly files: readonly RecentFile[];
  /** Where the next page begins; `end` where there is none. */
  readonly next: RunId | null | 'end';
  readonly failed: AppError | null;
}

/** The files of results that fit, newest first, each once, as far as they have been asked for. */
export function useRecentFiles(medium: FileMedium): RecentFiles {
  const [{ files, next, failed }, setPages] = useState<Pages>({ files: [], next: null, failed: null });
  const under = useRef(false);
  const loadMore = useCallback(() => {
    if (under.current || next === 'end') return;
    under.current = true;
    void ask('media.recent', { medium, before: next, limit: PAGE }).then((answer) => {
      under.current = false;
      setPages((pages) =>
        answer.ok
          ? {
              files: withoutRepeats([...pages.files, ...answer.value.files]),
              next: answer.value.before ?? 'end',
              failed: null,
            }
          : { ...pages, next: 'end', failed: answer.error },
      );
    });
  }, [medium, next]);
  return { files, more: next !== 'end', failed, loadMore };
}

/** Two runs may have made the same file; the newest stands for both. */
function withoutRepeats(files: readonly RecentFile[]): readonly RecentFile[] {
  return [...new Map(files.toReversed().map((file) => [file.sha256, file])).values()].toReversed();
}
