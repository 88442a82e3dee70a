import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly className?: string;
  /** What has the focus at first, where that is of weight. */
  readonly focused?: { readonly current: HTMLElement | null };
  readonly children: ReactNode;
}

/** A task of its own over the screen: its name, its content, and a way out. */
export function Sheet({ title, open, onOpen, className, focused, children }: SheetProps): ReactNode {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-shade transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-30 flex items-center justify-center p-4">
          <Dialog.Popup
            ref={popup}
            // Where there is something to write, there; else the sheet itself: on the way out, a tip would lie over it.
            initialFocus={() =>
              focused?.current ??
              popup.current?.querySelector<HTMLElement>('input:not([hidden]), textarea') ??
              popup.current
            }
            // What the keys mean on the screen under it, they do not mean here.
            onKeyDown={(event) => {
              if (event.key !== 'Escape') event.stopPropagation();
            }}
            className={cx(
              'flex max-h-full flex-col overflow-hidden rounded-lg border border-line bg-panel shadow-float outline-hidden transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0',
              className,
            )}
          >
            <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
              <Dialog.Title className="truncate font-medium">{title}</Dialog.Title>
              <Dialog.Close
                render={
                  <IconButton label="Close" side="bottom">
                    <X size={14} aria-hidden />
                  </IconButton>
                }
              />
            </div>
            {children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
