import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** Whether the command key is ⌘; set once at start from what main says of the platform. */
let apple = false;
export const setApple = (value: boolean): void => {
  apple = value;
};

/** Writes `Mod+K` as the platform does: ⌘K, or Ctrl K. */
export function keysText(keys: string): string {
  return keys
    .split('+')
    .map((key) => (key === 'Mod' ? (apple ? '⌘' : 'Ctrl') : key === 'Enter' ? '⏎' : key))
    .join(apple ? '' : ' ');
}

export function Kbd({ keys, className }: { readonly keys: string; readonly className?: string }): ReactNode {
  return <kbd className={cx('font-sans text-xs whitespace-nowrap', className)}>{keysText(keys)}</kbd>;
}
