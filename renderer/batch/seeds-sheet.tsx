import { Dices } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { MOST_IN_A_BATCH } from '../../shared/batch/most.ts';
import { planRepeats, planSeeds } from '../../shared/batch/plan.ts';
import type { BatchStart } from '../../shared/batch/plan.ts';
import { countedSeeds, newSeeds, seedFieldOf } from '../../shared/batch/seeds.ts';
import { valueOf } from '../../shared/schema/request.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { BatchFooter } from './batch-footer.tsx';

const FIRST_COUNT = 4;
const WAYS = [
  { value: 'new', label: 'New seeds' },
  { value: 'counted', label: 'Counting up' },
] as const;

interface SeedsSheetProps {
  readonly start: BatchStart;
  readonly onDone: () => void;
}

/** The same request many times, each with a seed of its own where the model has one. */
export function SeedsSheet({ start, onDone }: SeedsSheetProps): ReactNode {
  const id = useId();
  const field = seedFieldOf(start.form);
  const shown = field && valueOf(field, start.input);
  // Less than none is how many models say "any".
  const present = (typeof shown === 'number' || typeof shown === 'bigint') && shown >= 0 ? shown : null;
  const [count, setCount] = useState(String(FIRST_COUNT));
  const [way, setWay] = useState<'new' | 'counted'>(present === null ? 'new' : 'counted');
  const [rolled, setRolled] = useState(() =>
    field === undefined ? [] : newSeeds(field, MOST_IN_A_BATCH, Math.random),
  );
  const from = present ?? rolled[0] ?? 0;
  const times = timesIn(count);
  const plan = useMemo(() => {
    if (times === null) return [];
    if (field === undefined) return planRepeats(start, times);
    return planSeeds(start, field, way === 'new' ? rolled.slice(0, times) : countedSeeds(from, times));
  }, [start, field, times, way, rolled, from]);
  const seeds = plan.map(({ column }) => column.label.replace(/^seed /, ''));
  return (
    <>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
        <div className="flex items-center gap-3">
          <label htmlFor={id} className="w-20 text-soft">
            Times
          </label>
          <input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={count}
            aria-invalid={times === null}
            onChange={(event) => setCount(event.target.value)}
            onFocus={(event) => event.target.select()}
            className="field tabular h-8 w-24 px-2.5"
          />
        </div>
        {field === undefined ? (
          <p className="text-soft">This model takes no seed: the same request is sent each time.</p>
        ) : (
          <>
            <div className="flex items-center gap-3">
              <span className="w-20 text-soft">{field.label}</span>
              <Segmented
                label={field.label}
                options={WAYS}
                value={way}
                onChange={(value) => value !== null && setWay(value)}
              />
              {way === 'new' && (
                <Button look="quiet" onClick={() => setRolled(newSeeds(field, MOST_IN_A_BATCH, Math.random))}>
                  <Dices size={14} aria-hidden />
                  Roll again
                </Button>
              )}
            </div>
            <p className="tabular line-clamp-3 text-xs break-words text-faint">{seeds.join(', ')}</p>
          </>
        )}
      </div>
      <BatchFooter
        endpointId={start.endpointId}
        kind="seeds"
        plan={plan}
        missing={
          times === null
            ? `Between 2 and ${MOST_IN_A_BATCH} times`
            : plan.length < times
              ? `The model knows only ${plan.length} seeds`
              : null
        }
        onDone={onDone}
      />
    </>
  );
}

function timesIn(text: string): number | null {
  const times = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return times >= 2 && times <= MOST_IN_A_BATCH ? times : null;
}
