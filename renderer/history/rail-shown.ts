import { useSyncExternalStore } from 'react';
import { create } from 'zustand';

/** Of this width on, in px, there is room for the rail beside the results. */
const WIDE = window.matchMedia('(min-width: 1000px)');

const onWidth = (changed: () => void): (() => void) => {
  WIDE.addEventListener('change', changed);
  return () => WIDE.removeEventListener('change', changed);
};

/** What a person wished for windows with room for the rail, and for those without. */
const useWish = create<{ readonly wide: boolean; readonly narrow: boolean }>(() => ({
  wide: true,
  narrow: false,
}));

/** Whether the counts stand beside what was found, and the way to change that. */
export function useRailShown(): readonly [shown: boolean, setShown: (shown: boolean) => void] {
  const place = useSyncExternalStore(onWidth, () => WIDE.matches) ? 'wide' : 'narrow';
  const shown = useWish((state) => state[place]);
  return [shown, (next) => useWish.setState({ [place]: next })];
}
