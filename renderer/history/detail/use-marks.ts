import { useEffect, useState } from 'react';
import type { RunMarks } from '../../../shared/history/card.ts';
import type { RunId } from '../../../shared/runs/run.ts';
import { ask, listen } from '../../bridge.ts';
import { sayError } from '../../ui/toasts.tsx';

/** What a person added to a run; null until it is read. */
export function useRunMarks(id: RunId): RunMarks | null {
  const [read, setRead] = useState<{ readonly id: RunId; readonly marks: RunMarks | null } | null>(null);
  useEffect(() => {
    let newest = 0;
    const load = async (): Promise<void> => {
      newest += 1;
      const mine = newest;
      const answer = await ask('history.marks', { id });
      if (mine !== newest) return;
      if (answer.ok) setRead({ id, marks: answer.value });
      else sayError(answer.error);
    };
    void load();
    const stop = listen('history.changed', ({ ids }) => {
      if (ids === null || ids.includes(id)) void load();
    });
    return () => {
      newest += 1;
      stop();
    };
  }, [id]);
  return read?.id === id ? read.marks : null;
}
