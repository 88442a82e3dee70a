import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { RefObject } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { rowAt, rowOf } from './layout.ts';
import type { Layout } from './layout.ts';

/** Px that are scrolled before rows are looked at again, and as many more rows are drawn than are in sight. */
const STEP = 160;
export const BEYOND = 3 * STEP;

/** Px from the edge to the run the list opens at. */
const BEGIN = 120;

export interface Room {
  /** Of the inside, in px. */
  readonly width: number;
  readonly height: number;
}

/** The size of an element's inside as it changes; null before it was measured. */
export function useRoom(element: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = (): void => {
      // Hidden, it has none; what was laid out stays so.
      if (current.clientWidth > 0) setRoom({ width: current.clientWidth, height: current.clientHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return room;
}

/** How far a list is scrolled, to the step: past React, and told to it before the next frame. */
class Scrolled {
  #top = 0;
  #changed: (() => void) | null = null;

  readonly get = (): number => this.#top;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed = changed;
    return () => {
      this.#changed = null;
    };
  };

  set(px: number): void {
    const top = Math.floor(px / STEP) * STEP;
    if (top === this.#top) return;
    this.#top = top;
    this.#changed?.();
  }
}

interface SteadyOptions {
  readonly layout: Layout;
  readonly ids: readonly RunId[];
  /** Changes when the list begins anew at its top. */
  readonly asked: number;
  /** The run the list opens at; null for its top. */
  readonly begin: RunId | null;
}

/** Keeps what is in sight of a list where it is when the list is laid out anew. */
export function useSteadyScroll(
  scroller: RefObject<HTMLElement | null>,
  { layout, ids, asked, begin }: SteadyOptions,
): Steady {
  const [scrolled] = useState(() => new Scrolled());
  const top = useSyncExternalStore(scrolled.subscribe, scrolled.get);
  /** The first run in sight, and how far below the edge its row begins; null at the very top, which stays the top. */
  const held = useRef<{ readonly id: RunId; readonly below: number } | null>(
    begin === null ? null : { id: begin, below: BEGIN },
  );
  const shown = useRef(asked);

  const look = (): void => {
    const now = scroller.current?.scrollTop ?? 0;
    const row = layout.rows[rowAt(layout, now)];
    const id = row === undefined ? undefined : ids[row.from];
    held.current = now <= 0 || row === undefined || id === undefined ? null : { id, below: row.top - now };
    scrolled.set(now);
  };

  useLayoutEffect(() => {
    if (shown.current !== asked) {
      shown.current = asked;
      scroller.current?.scrollTo({ top: 0 });
    } else if (held.current !== null) {
      const { id, below } = held.current;
      const row = layout.rows[rowOf(layout, ids.indexOf(id))];
      if (row !== undefined) scroller.current?.scrollTo({ top: row.top - below });
    }
    // At once, or a frame would be drawn of what lay there before.
    scrolled.set(scroller.current?.scrollTop ?? 0);
  }, [scroller, scrolled, layout, ids, asked]);

  return { top, onScroll: look };
}

interface Steady {
  /** How far it is scrolled, in px, to the step. */
  readonly top: number;
  readonly onScroll: () => void;
}

/** Where a row of runs is out of sight, it is scrolled to the nearer edge. */
export function bringIntoSight(element: HTMLElement, layout: Layout, row: number): void {
  const { top } = layout.rows[row] ?? {};
  if (top === undefined) return;
  const before = layout.rows[row - 1];
  // With the heading over it, so that one sees where one is.
  const begin = before?.kind === 'heading' ? before.top : top;
  const end = top + layout.runsHeight;
  if (begin < element.scrollTop) element.scrollTop = begin;
  else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
}
