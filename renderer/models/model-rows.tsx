import { Autocomplete } from '@base-ui/react/autocomplete';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { Star, Zap } from 'lucide-react';
import { memo, useCallback, useEffect, useImperativeHandle, useRef } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { Model } from '../../shared/ipc/models.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { cx } from '../ui/cx.ts';
import { priceWords } from '../viewers/words.ts';
import { MarkedText } from './marked-text.tsx';

export type Rows = Virtualizer<HTMLDivElement, Element>;
const ROW_HEIGHT = 52;
const PADDING = 6;

/** Scrolls only where it must: asking the page to has it laid out at once, and a key in the search mostly needs none. */
export function bringIntoSight(rows: Rows | null, index: number): void {
  if (rows === null) return;
  const top = PADDING + index * ROW_HEIGHT;
  const offset = rows.scrollOffset ?? 0;
  const height = rows.scrollRect?.height ?? 0;
  if (top < offset || top + ROW_HEIGHT > offset + height) rows.scrollToIndex(index, { align: 'auto' });
}

interface ModelRowsProps {
  readonly models: readonly Model[];
  readonly words: readonly string[];
  readonly rows: RefObject<Rows | null>;
  readonly onPick: (endpointId: string) => void;
  /** The prices of what is in sight are wished for. */
  readonly wishPrices: boolean;
}

/** The models that were found, drawn only where they can be seen. */
export const ModelRows = memo(function ModelRows(props: ModelRowsProps): ReactNode {
  const { models, words, rows, onPick, wishPrices } = props;
  const scroller = useRef<HTMLDivElement | null>(null);
  const wish = useModels((state) => state.wishPrices);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: models.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  });
  useImperativeHandle(rows, () => virtualizer);
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      if (element !== null) virtualizer.measure();
    },
    [virtualizer],
  );
  const items = virtualizer.getVirtualItems();
  const inSight = items.flatMap(({ index }) => models[index]?.endpointId ?? []).join('\n');
  useEffect(() => {
    if (wishPrices && inSight !== '') wish(inSight.split('\n'));
  }, [wish, wishPrices, inSight]);
  return (
    <div ref={attach} role="presentation" className="h-full overflow-y-auto overscroll-contain">
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const model = models[index];
          if (model === undefined) return null;
          return (
            <Autocomplete.Item
              key={index}
              index={index}
              value={model}
              aria-setsize={models.length}
              aria-posinset={index + 1}
              onClick={() => onPick(model.endpointId)}
              style={{ height: size, transform: `translateY(${start}px)` }}
              className="group absolute inset-x-1.5 top-0 grid cursor-default grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-3 rounded-md pr-1.5 pl-2.5 outline-hidden data-highlighted:bg-hover"
            >
              <ModelRow model={model} words={words} />
            </Autocomplete.Item>
          );
        })}
      </div>
    </div>
  );
});

interface ModelRowProps {
  readonly model: Model;
  readonly words: readonly string[];
}

function ModelRow({ model, words }: ModelRowProps): ReactNode {
  const { endpointId, name, category, deprecated } = model;
  const price = useModels((state) => state.prices[endpointId]);
  const listed = useModels((state) => state.byId.has(endpointId));
  return (
    <>
      <span className="min-w-0">
        <span className="block truncate text-text">
          {listed ? <MarkedText text={name} words={words} /> : 'Not in fal’s list'}
          {deprecated && <span className="text-faint"> · deprecated</span>}
        </span>
        <span className="block truncate font-mono text-xs text-faint">
          <MarkedText text={endpointId} words={words} />
        </span>
      </span>
      <span className="text-right text-xs text-faint">
        <span className="flex items-center justify-end gap-2">
          {speaksRealtime(endpointId) && (
            <span className="flex items-center gap-1 rounded-sm bg-hover px-1.5 text-soft group-data-highlighted:bg-pressed">
              <Zap size={11} aria-hidden />
              realtime
            </span>
          )}
          {category}
        </span>
        {price && <span className="tabular block text-soft">{priceWords(price)}</span>}
      </span>
      <StarMark endpointId={endpointId} />
    </>
  );
}

/** For the pointer; the keyboard has its key, and a screen reader the words. */
function StarMark({ endpointId }: { readonly endpointId: string }): ReactNode {
  const starred = useMarks((state) => state.starred.includes(endpointId));
  const star = useMarks((state) => state.star);
  return (
    <span
      role="presentation"
      onClick={(event) => {
        event.stopPropagation();
        void star(endpointId, !starred);
      }}
      className={cx(
        'flex size-7 items-center justify-center rounded-md text-faint hover:bg-pressed hover:text-text',
        !starred && 'invisible group-hover:visible group-data-highlighted:visible',
      )}
    >
      <Star size={14} aria-hidden fill={starred ? 'currentColor' : 'none'} />
      {starred && <span className="sr-only">starred</span>}
    </span>
  );
}
