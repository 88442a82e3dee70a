import { memo } from 'react';
import type { ReactNode } from 'react';
import { stretches } from './highlight.ts';

interface MarkedTextProps {
  readonly text: string;
  readonly words: readonly string[];
}

/** A text with what was searched for set apart, by weight and line and not by colour alone. */
export const MarkedText = memo(function MarkedText({ text, words }: MarkedTextProps): ReactNode {
  return stretches(text, words).map(({ text: part, hit }, i) =>
    hit ? (
      <mark
        key={i}
        className="bg-transparent font-semibold text-inherit underline decoration-edge decoration-1 underline-offset-3"
      >
        {part}
      </mark>
    ) : (
      part
    ),
  );
});
