import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { fileSize } from '../viewers/words.ts';

interface QuotaSheetProps {
  readonly open: boolean;
  /** The limit that is asked about, in bytes. */
  readonly wish: number;
  /** Bytes of files beyond it. */
  readonly over: number;
  readonly onAnswer: (agreed: boolean) => void;
}

/** Asks before a limit takes files away that are here now. */
export function QuotaSheet({ open, wish, over, onAnswer }: QuotaSheetProps): ReactNode {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Sheet
      title="Take files away?"
      open={open}
      onOpen={() => onAnswer(false)}
      className="w-110 max-w-full"
      focused={cancel}
    >
      <div className="space-y-4 p-4">
        <p className="text-soft">
          {fileSize(over)} of the oldest files are beyond a limit of {fileSize(wish)} and would be removed
          from this computer; the runs stay. What fal has deleted cannot be downloaded again.
        </p>
        <div className="flex justify-end gap-2">
          <Button ref={cancel} look="quiet" onClick={() => onAnswer(false)}>
            Keep them
          </Button>
          <Button onClick={() => onAnswer(true)} className="text-danger">
            Remove the files
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
