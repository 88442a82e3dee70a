import { useEffect, useEffectEvent, useRef } from 'react';
import type { FocusEvent } from 'react';

/**
 * Tells which field was left, by its place. While a button of the pointer is down it waits: words that appear under a field
 * would move away what is being pressed.
 */
export function useLeft(onLeft: (place: string) => void): (event: FocusEvent) => void {
  const pressed = useRef(false);
  const waiting = useRef(new Set<string>());
  const tell = useEffectEvent((place: string) => onLeft(place));
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const options = { signal, capture: true };
    const release = (): void => {
      pressed.current = false;
      // The click itself comes after this event.
      setTimeout(() => {
        for (const place of waiting.current) tell(place);
        waiting.current.clear();
      });
    };
    window.addEventListener('pointerdown', () => void (pressed.current = true), options);
    window.addEventListener('pointerup', release, options);
    window.addEventListener('pointercancel', release, options);
    return () => ended.abort();
  }, []);
  return ({ target, relatedTarget }) => {
    const field = target.closest('[data-field]');
    const place = field?.getAttribute('data-field');
    if (field == null || place == null || field.contains(relatedTarget)) return;
    if (pressed.current) waiting.current.add(`/${place}`);
    else onLeft(`/${place}`);
  };
}
