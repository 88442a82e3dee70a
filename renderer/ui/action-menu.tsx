import { Menu } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export interface MenuAction {
  readonly label: string;
  readonly shortcut?: string;
  readonly disabled?: boolean;
  /** It puts the focus somewhere itself; else that goes back to the dots. */
  readonly focuses?: boolean;
  readonly run: () => void;
}

const TRIGGER =
  'inline-flex size-6 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text data-popup-open:bg-hover';

/** What else can be done to one thing, behind three dots. */
export function ActionMenu({
  label,
  actions,
}: {
  readonly label: string;
  readonly actions: readonly MenuAction[];
}): ReactNode {
  const [used, setUsed] = useState(false);
  const after = useRef<(() => void) | null>(null);
  // A list may have a thousand of them: each is a mere button until it is wanted.
  if (!used)
    return (
      <button
        type="button"
        aria-label={label}
        aria-haspopup="menu"
        title={label}
        onClick={() => setUsed(true)}
        className={TRIGGER}
      >
        <Ellipsis size={14} aria-hidden />
      </button>
    );
  return (
    <Menu.Root
      defaultOpen
      onOpenChangeComplete={(open) => {
        // Not before the menu has let go of the focus.
        if (!open) after.current?.();
        after.current = null;
      }}
    >
      <Menu.Trigger aria-label={label} title={label} className={TRIGGER}>
        <Ellipsis size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-40 outline-hidden">
          <Menu.Popup
            finalFocus={() => after.current === null}
            className="min-w-44 rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden"
          >
            {actions.map(({ label, shortcut, disabled = false, focuses = false, run }) => (
              <Menu.Item
                key={label}
                disabled={disabled}
                onClick={() => {
                  if (focuses) after.current = run;
                  else run();
                }}
                className="flex min-h-7 cursor-default items-center justify-between gap-4 rounded-md px-2 outline-hidden select-none data-disabled:text-faint data-highlighted:bg-hover"
              >
                {label}
                {shortcut !== undefined && <Kbd keys={shortcut} />}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
