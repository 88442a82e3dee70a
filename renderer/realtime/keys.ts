import { useEffect } from 'react';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';

/** Single keys, for one hand while the other is on the slider. Whoever speaks to type can turn them off (WCAG 2.1.4). */
const KEYS: Readonly<Record<string, () => void>> = {
  f: () => useLive.getState().setFrozen(!useLive.getState().frozen),
  k: () => void useLive.getState().keep(),
  i: () => toggleInstruments(),
  v: () => useApp.getState().immerse(!useApp.getState().immersed),
};

/** Boxes that take letters; lists take them too, to jump to an entry. */
const TAKES_LETTERS =
  'textarea, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="listbox"], [role="menu"], ' +
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"], [type="file"])';

export function toggleInstruments(): void {
  const { switches, setSwitch } = useApp.getState();
  void setSwitch('instruments', !switches.instruments);
}

export function useLiveKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented || useApp.getState().pickerOpen) return;
      if (event.key === 'Escape' && useApp.getState().immersed) return useApp.getState().immerse(false);
      if (!useApp.getState().switches.singleKeys) return;
      if (event.metaKey || event.ctrlKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(TAKES_LETTERS) !== null) return;
      const action = KEYS[event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
