import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * The focus of rows that come and go with what is counted: where the row that has it goes, it passes to the one in its place.
 * Rows are what `selector` finds; `rows` changes whenever they may have.
 */
export function useHeldRow(selector: string, rows: unknown): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const held = useRef<number | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: Event): void => {
      const within = [...(list.current?.querySelectorAll(selector) ?? [])];
      const index = within.findIndex((row) => target instanceof Node && row.contains(target));
      held.current = index === -1 ? null : index;
    };
    // That the focus was lost is told by nobody, and a press on nothing in particular takes it away on purpose.
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onFocus);
    };
  }, [selector]);
  useLayoutEffect(() => {
    if (held.current === null || document.activeElement !== document.body) return;
    const within = [...(list.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
    within[Math.min(held.current, within.length - 1)]?.querySelector('button')?.focus();
  }, [selector, rows]);
  return list;
}
