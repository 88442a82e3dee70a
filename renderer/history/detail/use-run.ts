import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/fal/errors.ts';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { ask, listen } from '../../bridge.ts';
import { useRuns } from '../../stores/runs.ts';

type Read = { readonly id: RunId } & Opened;

/** A run in full, as far as it is read. `gone`: it is not in the history, or not any more. */
export type Opened =
  | { readonly kind: 'reading' }
  | { readonly kind: 'here'; readonly run: Run }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** The run, and the way to read it once more. */
export function useRun(id: RunId): readonly [opened: Opened, again: () => void] {
  const heard = useRuns((state) => state.runs[id]);
  const [read, setRead] = useState<Read | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    const load = async (): Promise<void> => {
      const answer = await ask('runs.get', { id });
      if (left) return;
      if (!answer.ok) {
        const { error } = answer;
        // What was read of it before stays; of another run it would be a lie.
        setRead((old) => (old?.id === id && old.kind === 'here' ? old : { id, kind: 'failed', error }));
        return;
      }
      if (answer.value === null) setRead({ id, kind: 'gone' });
      else setRead({ id, kind: 'here', run: answer.value });
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
  }, [id, tries]);
  return [openedOf(id, heard, read), () => setTries((before) => before + 1)];
}

function openedOf(id: RunId, heard: Run | undefined, read: Read | null): Opened {
  const own = read?.id === id ? read : READING;
  // What was heard since is newer than what was read.
  return own.kind === 'gone' || heard === undefined ? own : { kind: 'here', run: heard };
}

const READING: Opened = { kind: 'reading' };
