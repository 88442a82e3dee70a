import { useId, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { MOST_AT_ONCE } from '../../shared/runs/at-once.ts';
import { useJobs } from '../stores/jobs.ts';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/**
 * How many runs may be at fal at once; the others wait here. It is set by Enter or when the box is left, and not at every key:
 * half a number is another one, and would send what waits.
 */
export function MostField(): ReactNode {
  const most = useJobs((state) => state.most);
  const setMost = useJobs((state) => state.setMost);
  /** What is being written and is not set yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  if (most === null) return null;
  const wrong = typed !== null && readMost(typed) === null;
  const take = async (): Promise<void> => {
    const value = typed === null ? null : readMost(typed);
    if (value === null) return;
    if (value !== most) await setMost(value);
    // What was written meanwhile is newer.
    setTyped((now) => (now === typed ? null : now));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = STEPS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      setTyped(null);
      void setMost(Math.min(Math.max(most + by, 1), MOST_AT_ONCE));
    }
    // With Ctrl or ⌘ it runs the model.
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) void take();
    if (event.key === 'Escape' && typed !== null) {
      // A second press is for the panel.
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
    }
  };
  const onBlur = (): void => {
    if (wrong) setTyped(null);
    else void take();
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
        aria-invalid={wrong}
        aria-describedby={`${id}-about`}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
        className="field tabular h-7 w-12 px-2 text-right"
      />
      <span id={`${id}-about`} className="sr-only">
        How many runs are sent at once, 1 to {MOST_AT_ONCE}; the others wait for their turn.
      </span>
    </div>
  );
}

/** Null where it is no number of runs that may go at once. */
function readMost(text: string): number | null {
  const value = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= MOST_AT_ONCE ? value : null;
}
