import { useContext, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { NamedText } from './choose-viewer.ts';
import { TextPlaceContext } from './text-place.ts';
import { Words } from './words-view.tsx';

interface TextViewProps {
  readonly texts: readonly NamedText[];
  /** More is to come. */
  readonly growing?: boolean;
}

export function TextView({ texts, growing = false }: TextViewProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const place = useContext(TextPlaceContext);
  useLayoutEffect(() => {
    if (box.current === null || place === null) return;
    place.restore(box.current);
    if (!growing) place.settle();
  }, [place, growing]);
  useLayoutEffect(() => {
    if (box.current !== null) place?.grew(box.current);
  }, [texts, place]);
  return (
    <div
      ref={box}
      aria-busy={growing}
      // A scrolled region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Text of the result"
      onScroll={({ currentTarget }) => {
        place?.scrolled(currentTarget);
        if (!growing) place?.settle();
      }}
      className="min-h-0 flex-1 overflow-y-auto px-8 pb-8 focus-visible:outline-offset-[-2px]"
    >
      <div className="mx-auto max-w-2xl space-y-6">
        {texts.map(([name, text]) => (
          <Words key={name} name={name} text={text} titled={texts.length > 1} />
        ))}
      </div>
    </div>
  );
}
