import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

interface MenuButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly entries: readonly { readonly label: string; readonly run: () => void }[];
}

/** One thing to do in several ways. */
export function MenuButton({ label, disabled = false, entries }: MenuButtonProps): ReactNode {
  return (
    <Menu.Root>
      <Menu.Trigger
        disabled={disabled}
        className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md border border-line bg-raised pr-2 pl-3 whitespace-nowrap transition-colors duration-120 hover:bg-hover disabled:pointer-events-none disabled:opacity-50 data-popup-open:bg-pressed"
      >
        {label}
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-40 outline-hidden">
          <Menu.Popup className="min-w-44 rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
            {entries.map(({ label: name, run }) => (
              <Menu.Item
                key={name}
                onClick={run}
                className="tabular flex min-h-7 cursor-default items-center rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
