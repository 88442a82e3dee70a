import { useEffect, useState } from 'react';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { ask, listen } from '../../bridge.ts';
import { useRuns } from '../../stores/runs.ts';
import { sayError } from '../../ui/toasts.tsx';

/** A run in full; undefined while it is read, null where it is not in the history, or not any more. */
export function useRun(id: RunId): Run | null | undefined {
  const heard = useRuns((state) => state.runs[id]);
  const [read, setRead] = useState<Run | null | undefined>(undefined);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let left = false;
    const load = async (): Promise<void> => {
      const answer = await ask('runs.get', { id });
      if (left) return;
      if (!answer.ok) return sayError(answer.error);
      setRead(answer.value);
      setGone(answer.value === null);
    };
    if (useRuns.getState().runs[id] === undefined) void load();
    // It may have been deleted for good, or its files may have come or gone.
    const stop = listen('history.changed', ({ ids }) => {
      if (ids === null || ids.includes(id)) void load();
    });
    return () => {
      left = true;
      stop();
    };
  }, [id]);
  if (gone) return null;
  // What was heard since is newer than what was read.
  return heard ?? read;
}
