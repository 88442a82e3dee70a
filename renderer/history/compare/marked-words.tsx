import type { ReactNode } from 'react';
import type { Stretch } from './changed-words.ts';

/** A text with what another has not marked in it. */
export function MarkedWords({ stretches }: { readonly stretches: readonly Stretch[] }): ReactNode {
  return stretches.map(({ text, changed }, index) =>
    changed ? (
      // oxlint-disable-next-line react/no-array-index-key -- they never change their order
      <mark key={index} className="rounded-xs bg-pressed text-text underline decoration-accent decoration-2">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
