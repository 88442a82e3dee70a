import { useState } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';

/** Pixels; less is a click. */
const BEGINS_AT = 4;

export interface Drag {
  readonly from: number;
  /** Where the row would come to stand, counted with it taken out. */
  readonly to: number;
}

interface DragOrder {
  readonly drag: Drag | null;
  /** For the handle of a row. */
  readonly onPointerDown: (event: ReactPointerEvent<HTMLElement>, index: number) => void;
}

/** Rows put in another order with the pointer: `rows` are marked `data-row`, and nothing moves before it is let go. */
export function useDragOrder(onMove: (from: number, to: number) => void): DragOrder {
  const [drag, setDrag] = useState<Drag | null>(null);

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>, from: number): void => {
    const handle = event.currentTarget;
    const list = handle.closest('[data-rows]');
    if (event.button !== 0 || list === null) return;
    event.preventDefault();
    const began = event.clientY;
    const ended = new AbortController();
    let now: Drag | null = null;
    const show = (next: Drag | null): void => {
      now = next;
      setDrag(next);
    };
    const end = (move: boolean): void => {
      ended.abort();
      const last = now;
      show(null);
      if (move && last !== null && last.from !== last.to) onMove(last.from, last.to);
    };
    handle.setPointerCapture(event.pointerId);
    const { signal } = ended;
    handle.addEventListener(
      'pointermove',
      (event) => {
        if (!(event instanceof PointerEvent)) return;
        const { clientY } = event;
        if (now === null && Math.abs(clientY - began) < BEGINS_AT) return;
        const rows = [...list.children].filter((row) => row.hasAttribute('data-row'));
        const others = rows.filter((_, index) => index !== from);
        const to = others.filter((row) => middleOf(row) < clientY).length;
        if (to !== now?.to) others[Math.min(to, others.length - 1)]?.scrollIntoView({ block: 'nearest' });
        show({ from, to });
      },
      { signal },
    );
    handle.addEventListener('pointerup', () => end(true), { signal });
    handle.addEventListener('lostpointercapture', () => end(false), { signal });
    window.addEventListener(
      'keydown',
      (key) => {
        if (key.key !== 'Escape') return;
        key.stopImmediatePropagation();
        end(false);
      },
      { signal, capture: true },
    );
  };

  return { drag, onPointerDown };
}

function middleOf(row: Element): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
