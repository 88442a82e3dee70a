import { useEffect, useState } from 'react';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { ask, listen } from '../../bridge.ts';
import { useRuns } from '../../stores/runs.ts';
import { sayError } from '../../ui/toasts.tsx';

interface Read {
  readonly id: RunId;
  readonly run: Run | null;
}

/** A run in full; undefined while it is read, null where it is not in the history, or not any more. */
export function useRun(id: RunId): Run | null | undefined {
  const heard = useRuns((state) => state.runs[id]);
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    let left = false;
    const load = async (): Promise<void> => {
      const answer = await ask('runs.get', { id });
      if (left) return;
      if (answer.ok) setRead({ id, run: answer.value });
      else sayError(answer.error);
    };
    // Not into the store of runs: who looks through a thousand would hold the thousand.
    if (useRuns.getState().runs[id] === undefined) void load();
    // It may have been deleted for good.
    const stop = listen('history.changed', ({ ids }) => {
      if (ids === null || ids.includes(id)) void load();
    });
    return () => {
      left = true;
      stop();
    };
  }, [id]);
  if (read?.id !== id) return heard;
  // What was heard since is newer than what was read.
  return read.run === null ? null : (heard ?? read.run);
}
