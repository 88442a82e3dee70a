import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { endWords } from '../../shared/runs/end-words.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useJobs } from '../stores/jobs.ts';
import { useRuns } from '../stores/runs.ts';
import { currentRun } from '../stores/shown-run.ts';

/** Milliseconds: what ends within them is said in one breath. */
const BREATH = 1000;

/** Says to those who listen how runs ended; of the run in sight its own line does. */
export function EndsSpoken(): ReactNode {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const ended = new Set<RunId>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = (): void => {
      timer = undefined;
      const { runs } = useRuns.getState();
      const list = [...ended].flatMap((id) => runs[id] ?? []);
      ended.clear();
      if (list.length === 0) return;
      const { title, body } = endWords(list);
      setSaid(list.length === 1 ? title : `${title}: ${body}`);
    };
    const stop = useJobs.subscribe((state, before) => {
      if (state.ended === before.ended) return;
      const inSight = useApp.getState().screen === 'playground' ? currentRun()?.id : undefined;
      for (const id of state.ended) if (!before.ended.includes(id) && id !== inSight) ended.add(id);
      timer ??= setTimeout(speak, BREATH);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
