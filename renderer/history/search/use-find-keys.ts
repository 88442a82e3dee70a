import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useApp } from '../../stores/app.ts';
import { meansFind } from '../../viewers/find-bar.tsx';

/** Boxes and lists that take letters themselves. */
const TAKES_LETTERS =
  'textarea, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="listbox"], [role="menu"], ' +
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="button"], [type="file"])';

/** `Ctrl+F` and `/` lead to the search box, from everywhere in the history that has no search of its own. */
export function useFindKeys(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented || useApp.getState().pickerOpen) return;
      if (!meansFind(event) && !meansSlash(event)) return;
      // What is behind a dialog, or a picture in full view, is out of reach.
      if (input.current === null || input.current.closest('[inert]') !== null) return;
      if (event.target instanceof Element && event.target.closest('[role="dialog"]') !== null) return;
      event.preventDefault();
      input.current.focus();
      input.current.select();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [input]);
}

function meansSlash(event: KeyboardEvent): boolean {
  if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey) return false;
  // Whoever speaks to type can turn single keys off (WCAG 2.1.4).
  if (!useApp.getState().switches.singleKeys) return false;
  return !(event.target instanceof Element && event.target.closest(TAKES_LETTERS) !== null);
}
