import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { NamedText } from '../../viewers/choose-viewer.ts';
import { changedWords } from './changed-words.ts';
import type { Stretch } from './changed-words.ts';
import { MarkedWords } from './marked-words.tsx';
import { Panes } from './panes.tsx';

interface TextsStageProps {
  readonly texts: readonly (readonly NamedText[])[];
  readonly front: number | null;
  readonly heads: readonly ReactNode[];
}

/** Texts beside each other; what differs from the first is marked, and of two in the first as well. */
export function TextsStage({ texts, front, heads }: TextsStageProps): ReactNode {
  const marked = useMemo(() => markedTexts(texts), [texts]);
  return (
    <Panes
      heads={heads}
      front={front}
      panes={marked.map((own, index) => (
        <div
          // oxlint-disable-next-line react/no-array-index-key -- the place of its run
          key={index}
          // A scrolled region must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          role="region"
          aria-label={`Text ${index + 1}`}
          className="min-h-0 flex-1 overflow-y-auto p-4 focus-visible:outline-offset-[-2px]"
        >
          <div className="mx-auto max-w-2xl space-y-4">
            {own.map(({ name, stretches }) => (
              <section key={name} aria-label={name}>
                {own.length > 1 && <h3 className="pb-1 font-mono text-xs text-faint">{name}</h3>}
                <p className="leading-6 break-words whitespace-pre-wrap select-text">
                  <MarkedWords stretches={stretches} />
                </p>
              </section>
            ))}
          </div>
        </div>
      ))}
    />
  );
}

interface Marked {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

/** Each text against the one of its name, or at its place, in the first. */
function markedTexts(texts: readonly (readonly NamedText[])[]): readonly (readonly Marked[])[] {
  const [base = [], ...others] = texts;
  const otherOf = (of: readonly NamedText[], name: string, at: number): string =>
    (of.find(([other]) => other === name) ?? of[at])?.[1] ?? '';
  const against = (own: readonly NamedText[], other: readonly NamedText[], side: 0 | 1): readonly Marked[] =>
    own.map(([name, text], at) => {
      const beside = otherOf(other, name, at);
      const both = side === 0 ? changedWords(text, beside) : changedWords(beside, text);
      return { name, stretches: both?.[side] ?? [{ text, changed: false }] };
    });
  const [second] = others;
  const first =
    second !== undefined && others.length === 1
      ? against(base, second, 0)
      : base.map(([name, text]) => ({ name, stretches: [{ text, changed: false }] }));
  return [first, ...others.map((own) => against(own, base, 1))];
}
