import { useEffect, useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { RunId } from '../../shared/runs/run.ts';

interface Held {
  readonly id: string;
  readonly control: string;
  readonly index: number;
}

/**
 * The focus of a list whose rows move and go by themselves: it stays with its row, and goes to the row in its place when
 * that has left. Rows are marked `data-job`, their buttons `data-control`.
 */
export function useHeldFocus(ids: readonly RunId[]): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  const held = useRef<Held | null>(null);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      held.current = list.current === null ? null : heldIn(list.current, target);
    };
    // Whatever takes the focus, in the list or elsewhere; that it was lost is told by nobody.
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  useLayoutEffect(() => {
    const { current: at } = held;
    if (at === null || list.current === null || list.current.contains(document.activeElement)) return;
    const rows = [...list.current.querySelectorAll<HTMLElement>('[data-job]')];
    const row = rows.find((row) => row.dataset['job'] === at.id) ?? rows[Math.min(at.index, rows.length - 1)];
    const popup = list.current.closest<HTMLElement>('[role="dialog"]');
    (row?.querySelector<HTMLElement>(`[data-control="${at.control}"]`) ?? popup)?.focus();
  }, [ids]);
  return list;
}

function heldIn(list: HTMLElement, target: EventTarget | null): Held | null {
  if (!(target instanceof HTMLElement) || !list.contains(target)) return null;
  const row = target.closest<HTMLElement>('[data-job]');
  const id = row?.dataset['job'];
  if (row === null || id === undefined) return null;
  const index = [...list.querySelectorAll('[data-job]')].indexOf(row);
  return { id, control: target.dataset['control'] ?? 'open', index };
}
