import { useEffect, useLayoutEffect } from 'react';
import type { RefObject } from 'react';

/**
 * While `full`, the element alone can be reached and Escape leaves; it takes the focus where it has none, and what had it
 * before gets it back. It is not moved in the page, so that what it holds, such as a film that plays, goes on.
 */
export function useFullView(element: RefObject<HTMLElement | null>, full: boolean, leave: () => void): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!full || current === null) return;
    const before = document.activeElement;
    if (!current.contains(before)) current.focus();
    const silenced = surroundings(current);
    for (const other of silenced) other.inert = true;
    return () => {
      for (const other of silenced) other.inert = false;
      if (before instanceof HTMLElement && before.isConnected && document.activeElement !== before)
        before.focus();
    };
  }, [element, full]);

  useEffect(() => {
    if (!full) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || somethingIsOpenOver(element.current)) return;
      event.preventDefault();
      leave();
    };
    // Before the screen under it, which Escape means something to as well.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [element, full, leave]);
}

/** All that stands beside the element and beside each that holds it; passing words stay within reach. */
function surroundings(element: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at: Element = element; at.parentElement !== null && at !== document.body; at = at.parentElement)
    for (const other of at.parentElement.children)
      if (other !== at && other instanceof HTMLElement && !other.inert && !isPassing(other))
        found.push(other);
  return found;
}

const isPassing = (element: HTMLElement): boolean =>
  element.matches('script, style') || element.querySelector('[data-toasts]') !== null;

function somethingIsOpenOver(element: HTMLElement | null): boolean {
  const popups = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]');
  return [...popups].some(
    (popup) => popup !== element && popup.checkVisibility() && popup.closest('[data-toasts]') === null,
  );
}
