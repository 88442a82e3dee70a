import { useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useChosen } from '../stores/chosen.ts';
import { starRuns, trashRuns } from './actions.ts';
import { moved, rowOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { bringIntoSight } from './use-sight.ts';

interface ResultKeysOptions {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly layout: Layout;
  readonly ids: readonly RunId[];
  /** Where the keys are among the ids. */
  readonly place: number;
}

/** What the keys do in the list of results. Enter is the press of the tile itself. */
export function useResultKeys(options: ResultKeysOptions): (event: KeyboardEvent<HTMLElement>) => void {
  const { scroller, layout, ids, place } = options;
  /** The focus was on a tile, or is wanted on one that may not be drawn yet. */
  const focused = useRef(false);
  const id = ids[place] ?? null;

  // A tile that is drawn anew, or went to the trash, took the focus with it.
  useLayoutEffect(() => {
    const { current } = scroller;
    if (!focused.current || id === null || current === null) return;
    if (document.activeElement !== document.body && !current.contains(document.activeElement)) {
      focused.current = false;
      return;
    }
    const tile = current.querySelector<HTMLElement>(`[data-tile="${id}"]`);
    if (tile !== document.activeElement) tile?.focus({ preventScroll: true });
  });

  return (event) => {
    if (id === null || event.nativeEvent.isComposing) return;
    focused.current = true;
    const { key, shiftKey } = event;
    const mod = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / layout.runsHeight));
    const to = mod || event.altKey ? null : moved(layout, place, key, page);
    if (to !== null) {
      event.preventDefault();
      const next = ids[to];
      if (next === undefined) return;
      if (shiftKey) useChosen.getState().extendTo(ids, next, id);
      else useChosen.getState().startAt(next);
      if (scroller.current !== null) bringIntoSight(scroller.current, layout, rowOf(layout, to));
      return;
    }
    const action = mod ? WITH_MOD[key.toLowerCase()] : event.altKey ? undefined : keyAction(key);
    if (action === undefined) return;
    event.preventDefault();
    if (!event.repeat) action(id, ids);
  };
}

type Action = (id: RunId, ids: readonly RunId[]) => void;

/** What is selected, or the one where the keys are. */
function meant(id: RunId): readonly RunId[] {
  const { ids } = useChosen.getState();
  return ids.size === 0 ? [id] : [...ids];
}

const WITH_MOD: Readonly<Record<string, Action>> = {
  a: (_, ids) => useChosen.getState().choose(ids),
};

const KEYS: Readonly<Record<string, Action>> = {
  ' ': (id) => useChosen.getState().toggle(id),
  Delete: (id) => void trashRuns(meant(id)),
  Backspace: (id) => void trashRuns(meant(id)),
};

/** Letters alone, which whoever speaks to type turns off (WCAG 2.1.4). */
const LETTERS: Readonly<Record<string, Action>> = {
  s: (id) => void starRuns(meant(id)),
};

const keyAction = (key: string): Action | undefined =>
  KEYS[key] ?? (useApp.getState().switches.singleKeys ? LETTERS[key.toLowerCase()] : undefined);
