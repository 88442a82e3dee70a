import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';

const manager = Toast.createToastManager();

/** A passing word on something just done. */
export function say(title: string, description?: string): void {
  manager.add({ title, ...(description === undefined ? {} : { description }), timeout: 4000 });
}

/** What can still be undone, by what it was done to. */
const undoable = new Map<string, string>();

/**
 * A word on something just done that replaced something else, and the way back. A newer one about the same thing closes it:
 * an older way back would lead past what was done since.
 */
export function sayWithUndo(
  title: string,
  description: string | undefined,
  undo: () => void,
  about?: string,
): void {
  const older = about === undefined ? undefined : undoable.get(about);
  if (older !== undefined) manager.close(older);
  const id: string = manager.add({
    title,
    ...(description === undefined ? {} : { description }),
    timeout: 12_000,
    onClose: () => {
      if (about !== undefined && undoable.get(about) === id) undoable.delete(about);
    },
    actionProps: {
      children: 'Undo',
      onClick: () => {
        manager.close(id);
        undo();
      },
    },
  });
  if (about !== undefined) undoable.set(about, id);
}

/** Whether what was done last about this can still be undone. */
export const undoStands = (about: string): boolean => undoable.has(about);

/** A failure that belongs to no place on the screen; pointing at it keeps it. */
export function sayError(error: AppError): void {
  manager.add({
    title: error.title,
    description: [error.detail, error.hint].filter(Boolean).join(' '),
    timeout: 15_000,
    priority: 'high',
  });
}

/** A failure told in two sentences. */
export function sayProblem(title: string, description: string): void {
  manager.add({ title, description, timeout: 15_000, priority: 'high' });
}

export function Toasts(): ReactNode {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport
          data-toasts
          className="fixed bottom-18 left-17 z-60 flex w-80 flex-col gap-2 max-[1000px]:w-64"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList(): ReactNode {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line bg-raised p-3 text-text shadow-float transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-medium break-words" />
          <Toast.Description className="line-clamp-4 break-words text-soft" />
        </div>
        <Toast.Action className="h-6 rounded-md border border-line px-2 text-text hover:bg-hover" />
        <Toast.Close aria-label="Close" className="rounded-md p-1 text-faint hover:bg-hover hover:text-text">
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
