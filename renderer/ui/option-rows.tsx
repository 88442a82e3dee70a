import { Combobox } from '@base-ui/react/combobox';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { useCallback, useImperativeHandle, useRef } from 'react';
import type { ReactNode, Ref } from 'react';

const ROW_HEIGHT = 28;
const PADDING = 4;

/** Brings an entry into sight. */
export type ScrollTo = (index: number) => void;

interface OptionRowsProps<T> {
  readonly items: readonly T[];
  readonly labelOf: (item: T) => string;
  /** The entry in sight when the list opens; -1 for the first. */
  readonly chosen: number;
  readonly scrollRef: Ref<ScrollTo>;
}

/** The list of a combobox or an autocomplete, its entries drawn only where they can be seen. */
export function OptionRows<T>({ items, labelOf, chosen, scrollRef }: OptionRowsProps<T>): ReactNode {
  const scroller = useRef<HTMLDivElement | null>(null);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    paddingStart: PADDING,
    paddingEnd: PADDING,
    // Without it an entry at the edge would touch the frame.
    scrollPaddingStart: PADDING,
    scrollPaddingEnd: PADDING,
  });
  useImperativeHandle(scrollRef, () => (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      if (element === null) return;
      virtualizer.measure();
      if (chosen > 0) requestAnimationFrame(() => virtualizer.scrollToIndex(chosen, { align: 'center' }));
    },
    // Where the list opens; it does not jump when a choice is made.
    // oxlint-disable-next-line react/exhaustive-deps
    [virtualizer],
  );
  const height = virtualizer.getTotalSize();
  return (
    <Combobox.List
      ref={attach}
      className="max-h-[min(20rem,calc(var(--available-height)-3rem))] overflow-y-auto overscroll-contain"
      style={{ height }}
    >
      <div role="presentation" className="relative" style={{ height }}>
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          const label = labelOf(item);
          return (
            <Combobox.Item
              key={row.index}
              index={row.index}
              value={item}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
              className="absolute inset-x-1 top-0 grid cursor-default grid-cols-[16px_1fr] items-center gap-2 rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
            >
              <Combobox.ItemIndicator className="col-start-1 text-soft">
                <Check size={14} aria-hidden />
              </Combobox.ItemIndicator>
              <span className="col-start-2 truncate" title={label}>
                {label}
              </span>
            </Combobox.Item>
          );
        })}
      </div>
    </Combobox.List>
  );
}
