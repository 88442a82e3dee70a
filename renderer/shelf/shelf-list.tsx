import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { Lora } from '../../shared/ipc/shelf.ts';
import { useShelf } from '../stores/shelf.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { sayWithUndo } from '../ui/toasts.tsx';
import { ShelfForm } from './shelf-form.tsx';
import { factsOf } from './words.ts';

/** All weights of the shelf: to be renamed, changed, taken down; and one more by hand. */
export function ShelfList(): ReactNode {
  const loras = useShelf((state) => state.loras);
  const load = useShelf((state) => state.load);
  const [adding, setAdding] = useState(false);
  const all = useRef<HTMLDivElement>(null);
  useEffect(() => void load(), [load]);
  const close = (): void => {
    flushSync(() => setAdding(false));
    all.current?.querySelector<HTMLElement>('[data-add-lora]')?.focus();
  };
  return (
    <div ref={all} className="space-y-3">
      {loras.length > 0 && (
        <ul
          aria-label="Weights on the shelf"
          className="divide-y divide-line rounded-lg border border-line bg-panel"
        >
          {loras.map((lora) => (
            <ShelfRow key={lora.id} lora={lora} />
          ))}
        </ul>
      )}
      {adding ? (
        <div className="rounded-lg border border-line bg-panel p-4">
          <ShelfForm lora={null} onDone={close} />
        </div>
      ) : (
        <Button data-add-lora onClick={() => setAdding(true)}>
          <Plus size={14} aria-hidden />
          Add weights
        </Button>
      )}
    </div>
  );
}

function ShelfRow({ lora }: { readonly lora: Lora }): ReactNode {
  const { id, name } = lora;
  const put = useShelf((state) => state.put);
  const remove = useShelf((state) => state.remove);
  const [changing, setChanging] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const done = (): void => {
    flushSync(() => setChanging(false));
    row.current?.querySelector('button')?.focus();
  };
  const takeDown = async (): Promise<void> => {
    // The neighbour is read before the row goes, so that the focus has a place to be.
    const next =
      row.current?.nextElementSibling ??
      row.current?.previousElementSibling ??
      row.current?.parentElement?.nextElementSibling;
    if (!(await remove(id))) return;
    (next?.querySelector('button') ?? (next instanceof HTMLElement ? next : null))?.focus();
    sayWithUndo(`“${name}” was taken off the shelf`, undefined, () => void put(lora));
  };
  return (
    <li ref={row} className="px-4 py-2.5">
      {changing ? (
        <ShelfForm lora={lora} onDone={done} />
      ) : (
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <p className="truncate">{name}</p>
            <p className="truncate text-xs text-soft">{factsOf(lora)}</p>
          </div>
          <IconButton label={`Change ${name}`} onClick={() => setChanging(true)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Take ${name} off the shelf`} onClick={() => void takeDown()}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </li>
  );
}
