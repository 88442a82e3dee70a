import { Popover } from '@base-ui/react/popover';
import { SlidersHorizontal } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useLive } from '../stores/live.ts';
import { IconButton } from '../ui/button.tsx';

const LEAST = 1;
const MOST = 60;

/** How the connection is asked for. What is changed here begins a new session. */
export function ConnectionOptions(): ReactNode {
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <IconButton label="Connection options" side="bottom" className="data-popup-open:bg-hover">
            <SlidersHorizontal size={14} aria-hidden />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="end" sideOffset={6} className="z-40">
          <Popover.Popup className="w-72 rounded-lg border border-line bg-raised p-4 text-text shadow-float outline-hidden">
            <Popover.Title className="pb-2 font-medium">Connection</Popover.Title>
            <Buffering />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Buffering(): ReactNode {
  const value = useLive((state) => state.maxBuffering);
  const setValue = useLive((state) => state.setMaxBuffering);
  const [text, setText] = useState(value === null ? '' : String(value));
  const id = useId();
  const problem = problemOf(text);
  // Not at every key: a new session for the 1 of 12 would be one too many.
  const take = (): void => {
    if (problem === null) setValue(text.trim() === '' ? null : Number(text));
  };
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="text-soft">
          Max buffering
        </label>
        <input
          id={id}
          value={text}
          inputMode="numeric"
          placeholder="auto"
          aria-invalid={problem !== null}
          aria-describedby={`${id}-about`}
          onChange={(event) => setText(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
          }}
          className="field tabular h-8 w-20 px-2.5 text-right"
        />
      </div>
      <p id={`${id}-about`} className="pt-2 text-xs text-soft">
        {problem !== null && (
          <span role="alert" className="block pb-1 text-danger">
            {problem}
          </span>
        )}
        How many inputs may wait at the server, {LEAST} to {MOST}. Empty leaves it to the server. A change
        begins a new session.
      </p>
    </>
  );
}

function problemOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const value = /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return value >= LEAST && value <= MOST
    ? null
    : `Not used: a whole number from ${LEAST} to ${MOST}, or empty.`;
}
