import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { useLimitQuestion } from './limit-question.ts';

/** Asks before a limit is passed. The way back has the focus, so that a hasty Enter spends nothing. */
export function LimitDialog(): ReactNode {
  const open = useLimitQuestion((state) => state.open);
  const about = useLimitQuestion((state) => state.about);
  const answer = useLimitQuestion((state) => state.answer);
  const back = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-30 bg-shade transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Viewport className="fixed inset-0 z-40 flex items-center justify-center p-4">
          <AlertDialog.Popup
            initialFocus={back}
            // What the keys mean on the screen under it, they do not mean here.
            onKeyDown={(event) => {
              if (event.key !== 'Escape') event.stopPropagation();
            }}
            className="w-104 max-w-full rounded-lg border border-line bg-panel p-4 shadow-float outline-hidden transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <AlertDialog.Title className="font-medium">{about?.title}</AlertDialog.Title>
            <AlertDialog.Description className="tabular pt-1">{about?.detail}</AlertDialog.Description>
            <p className="pt-2 text-soft">
              Nothing was sent. If you run it, this limit asks again only when its day or month is over.
            </p>
            <div className="flex justify-end gap-2 pt-4">
              <AlertDialog.Close ref={back} render={<Button />}>
                Do not run
              </AlertDialog.Close>
              <Button look="primary" onClick={() => answer(true)}>
                Run anyway
              </Button>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
