import { useEffect, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { ask } from '../../bridge.ts';
import { useRuns } from '../../stores/runs.ts';

/** These runs in this order, without those that are gone; null until all of them were asked for. */
export function useRunsOf(ids: readonly RunId[]): readonly Run[] | null {
  const runs = useRuns(useShallow((state) => ids.flatMap((id) => state.runs[id] ?? [])));
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    let left = false;
    const unknown = ids.filter((id) => useRuns.getState().runs[id] === undefined);
    void Promise.all(unknown.map((id) => ask('runs.get', { id }))).then((answers) => {
      useRuns
        .getState()
        .know(answers.flatMap((answer) => (answer.ok && answer.value !== null ? [answer.value] : [])));
      if (!left) setAsked(true);
    });
    return () => {
      left = true;
    };
  }, [ids]);
  return asked ? runs : null;
}
