import { useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { MOST_AT_ONCE } from '../../shared/runs/at-once.ts';
import { useJobs } from '../stores/jobs.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** How many runs may be at fal at once; the others wait here. */
export function MostField(): ReactNode {
  const most = useJobs((state) => state.most);
  const setMost = useJobs((state) => state.setMost);
  /** What is being typed and is no such number yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  if (most === null) return null;
  const type = (text: string): void => {
    const value = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
    const fits = value >= 1 && value <= MOST_AT_ONCE;
    setTyped(fits ? null : text);
    if (fits) void setMost(value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    type(String(Math.min(Math.max(most + by, 1), MOST_AT_ONCE)));
  };
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-soft" title="The others wait for their turn">
        At once
      </label>
      <input
        id={id}
        inputMode="numeric"
        value={typed ?? String(most)}
        aria-invalid={typed !== null}
        aria-describedby={`${id}-about`}
        onChange={({ target }) => type(target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
        className="field tabular h-7 w-12 px-2 text-right"
      />
      <span id={`${id}-about`} className="sr-only">
        How many runs are sent at once, 1 to {MOST_AT_ONCE}; the others wait for their turn.
      </span>
    </div>
  );
}
