import { Menu } from '@base-ui/react/menu';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Lora } from '../../shared/ipc/shelf.ts';
import { useShelf } from '../stores/shelf.ts';
import { Sheet } from '../ui/sheet.tsx';
import { ShelfList } from './shelf-list.tsx';
import { factsOf } from './words.ts';

const ITEM =
  'flex min-h-7 cursor-default flex-col justify-center rounded-md px-2 py-1 outline-hidden select-none data-highlighted:bg-hover';

/** Weights of the shelf, for one row of a form. */
export function ShelfPick({ onPick }: { readonly onPick: (lora: Lora) => void }): ReactNode {
  const loras = useShelf((state) => state.loras);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="-ml-1.5 flex h-7 shrink-0 items-center gap-1 rounded-md px-1.5 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover">
          From the shelf
          <ChevronDown size={14} aria-hidden className="text-faint" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="start" sideOffset={4} className="z-40 outline-hidden">
            <Menu.Popup className="max-h-[min(22rem,var(--available-height))] w-72 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
              {loras.length === 0 && (
                <p className="px-2 py-1.5 text-soft">
                  Nothing yet. What you train is put here by itself; other weights are added by hand.
                </p>
              )}
              {loras.map((lora) => (
                <Menu.Item key={lora.id} className={ITEM} onClick={() => onPick(lora)}>
                  <span className="truncate">{lora.name}</span>
                  <span className="truncate text-xs text-soft">{factsOf(lora)}</span>
                </Menu.Item>
              ))}
              <Menu.Separator className="mx-2 my-1 h-px bg-line" />
              <Menu.Item className={ITEM} onClick={() => setOpen(true)}>
                {loras.length === 0 ? 'Add to the shelf…' : 'Manage the shelf…'}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Sheet title="LoRA shelf" open={open} onOpen={setOpen} className="w-[36rem] max-w-full">
        <div className="min-h-0 overflow-y-auto p-4">
          <ShelfList />
        </div>
      </Sheet>
    </>
  );
}
