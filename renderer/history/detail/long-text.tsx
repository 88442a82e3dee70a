import { useState } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

/** Characters, and lines, that are read at a glance. */
const SHOWN = 600;
const LINES = 12;

interface LongTextProps {
  readonly text: string;
  readonly className?: string;
}

/** A text of any length: its beginning, and the rest where it is asked for, in a room of its own. */
export function LongText({ text, className }: LongTextProps): ReactNode {
  const [whole, setWhole] = useState(false);
  const short = beginOf(text);
  const cut = short.length < text.length;
  return (
    <>
      <p
        {...(whole ? { tabIndex: 0, role: 'region', 'aria-label': 'The whole text' } : {})}
        className={cx(
          'break-words whitespace-pre-wrap select-text',
          whole && 'max-h-96 overflow-y-auto [content-visibility:auto]',
          className,
        )}
      >
        {whole ? text : short}
        {cut && !whole && '…'}
      </p>
      {cut && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="text-xs text-soft underline hover:text-text"
        >
          {whole ? 'Show less' : `Show all ${text.length.toLocaleString('en-US')} characters`}
        </button>
      )}
    </>
  );
}

function beginOf(text: string): string {
  if (text.length <= SHOWN && text.split('\n', LINES + 1).length <= LINES) return text;
  return text.slice(0, SHOWN).split('\n').slice(0, LINES).join('\n');
}
