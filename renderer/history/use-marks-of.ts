import { useEffect, useState } from 'react';
import type { MarksOf } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { listen } from '../bridge.ts';
import { Newest } from '../stores/newest.ts';
import { marksOf } from './actions.ts';

/** Marks, and the selection they are of. */
export interface ReadMarks {
  readonly ids: ReadonlySet<RunId>;
  readonly marks: MarksOf;
}

/** The marks of what is selected, of the selection before until they are read; null until any are. */
export function useMarksOf(ids: ReadonlySet<RunId>): ReadMarks | null {
  const [read, setRead] = useState<ReadMarks | null>(null);
  const [reading] = useState(
    () =>
      new Newest<ReadonlySet<RunId>>(async (wanted) => {
        const marks = await marksOf([...wanted]);
        if (marks !== null) setRead({ ids: wanted, marks });
      }),
  );
  useEffect(() => {
    if (ids.size === 0) return undefined;
    reading.want(ids);
    return listen('history.changed', ({ ids: changed }) => {
      if (changed === null || changed.some((id) => ids.has(id))) reading.want(ids);
    });
  }, [ids, reading]);
  return read;
}
