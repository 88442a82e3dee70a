import { useMemo } from 'react';
import type { ReactNode, Ref } from 'react';
import { parseQuery } from '../../../shared/history/query.ts';
import { tokensOf } from '../../../shared/history/tokens.ts';
import type { Token } from '../../../shared/history/tokens.ts';
import { cx } from '../../ui/cx.ts';

interface TintedTextProps {
  readonly text: string;
  /** Where the caret is, while the box has the focus: what is being typed there is no mistake yet. */
  readonly caret: number | null;
  readonly scroller: Ref<HTMLDivElement>;
}

/** Lies behind the text of the box, letter under letter: tints what is a filter and marks what cannot be read. */
export function TintedText({ text, caret, scroller }: TintedTextProps): ReactNode {
  const parts = useMemo(() => partsOf(text), [text]);
  return (
    <div
      ref={scroller}
      aria-hidden
      className="pointer-events-none absolute inset-0 flex items-center overflow-hidden whitespace-pre text-transparent"
    >
      <span>
        {parts.map(({ from, to, filter, wrong }) => (
          <span
            key={from}
            className={cx(
              filter && 'rounded-xs bg-pressed py-0.5 shadow-[0_0_0_1px_var(--color-pressed)]',
              wrong && !(caret !== null && from < caret && caret <= to) && WRONG,
            )}
          >
            {text.slice(from, to)}
          </span>
        ))}
      </span>
    </div>
  );
}

const WRONG = 'underline decoration-danger decoration-wavy decoration-1 underline-offset-4';

interface Part {
  readonly from: number;
  readonly to: number;
  readonly filter: boolean;
  readonly wrong: boolean;
}

/** The whole text in parts: filters, words, and the blanks between them. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) parts.push({ from: at, to, filter: false, wrong: false });
  };
  for (const token of tokensOf(text)) {
    plain(token.from);
    const { from, to, name, value } = token;
    parts.push({ from, to, filter: name !== null && value !== '', wrong: problemOf(text, token) !== null });
    at = to;
  }
  plain(text.length);
  return parts;
}

/** Why a term cannot be read; null where it can. */
export const problemOf = (text: string, { from, to }: Token): string | null =>
  parseQuery(text.slice(from, to), Date.now()).problems[0] ?? null;
