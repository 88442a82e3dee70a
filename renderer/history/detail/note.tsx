import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { MOST_NOTE } from '../../../shared/history/most.ts';
import type { RunId } from '../../../shared/runs/run.ts';
import { ask } from '../../bridge.ts';
import { TextArea } from '../../ui/text-area.tsx';
import { sayError } from '../../ui/toasts.tsx';

/** Milliseconds without a key. */
const PAUSE = 500;

interface NoteProps {
  readonly id: RunId;
  /** As it is kept; null until it is read. */
  readonly note: string | null;
  /** Where Escape leads; what was written is kept. */
  readonly onLeave: () => void;
}

/** A person's own words on a run, kept at every pause, when it is left, and when it goes out of sight. */
export function Note({ id, note, onLeave }: NoteProps): ReactNode {
  const field = useId();
  const [written, setWritten] = useState<string | null>(null);
  const unsaved = useRef<string | null>(null);
  const timer = useRef(0);
  const [save] = useState(() => (): void => {
    clearTimeout(timer.current);
    const text = unsaved.current;
    if (text === null) return;
    unsaved.current = null;
    void ask('history.note', { id, note: text }).then((answer) => {
      if (answer.ok) return;
      sayError(answer.error);
      // The next pause, or leaving it, tries again, unless there is something newer.
      unsaved.current ??= text;
    });
  });
  useEffect(() => {
    // A window that closes takes nothing down with it.
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [save]);
  return (
    <div className="flex min-w-0 flex-col">
      <label htmlFor={field} className="sr-only">
        Note
      </label>
      <TextArea
        id={field}
        value={written ?? note ?? ''}
        readOnly={note === null}
        placeholder="Add a note"
        maxLength={MOST_NOTE}
        rows={1}
        onText={(text) => {
          setWritten(text);
          unsaved.current = text;
          clearTimeout(timer.current);
          timer.current = window.setTimeout(save, PAUSE);
        }}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onLeave();
        }}
        className="max-h-40 min-h-8"
      />
    </div>
  );
}
