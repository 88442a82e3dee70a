import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Tip } from '../../ui/tip.tsx';

export interface RunHeadProps {
  /** From 0; the key that brings it to the front is one more. */
  readonly index: number;
  readonly name: string;
  readonly front: boolean;
  readonly onFront: () => void;
  /** Which of its files is seen, where there are several. */
  readonly files?: { readonly at: number; readonly count: number; readonly onAt: (at: number) => void };
}

/** The name of one of the runs, which brings it to the front and back. */
export function RunHead({ index, name, front, onFront, files }: RunHeadProps): ReactNode {
  const number = index + 1;
  return (
    <div className="flex h-8 min-w-0 shrink-0 items-center bg-panel pr-1">
      <Tip text={front ? 'Show all' : 'Bring to the front'} shortcut={String(number)} side="bottom">
        <button
          type="button"
          aria-pressed={front}
          onClick={onFront}
          className="flex h-full min-w-0 flex-1 items-center gap-2 px-2 text-left hover:bg-hover"
        >
          <span
            className={cx(
              'tabular flex size-5 shrink-0 items-center justify-center rounded-sm border text-xs',
              front ? 'border-accent bg-accent text-on-accent' : 'border-line bg-raised text-soft',
            )}
          >
            {number}
          </span>
          <span className="truncate">{name}</span>
        </button>
      </Tip>
      {files !== undefined && files.count > 1 && (
        <>
          <IconButton
            label={`Previous picture of ${number}`}
            side="bottom"
            disabled={files.at === 0}
            onClick={() => files.onAt(files.at - 1)}
          >
            <ChevronLeft size={14} aria-hidden />
          </IconButton>
          <span className="tabular text-xs whitespace-nowrap text-soft" role="status">
            {files.at + 1} of {files.count}
          </span>
          <IconButton
            label={`Next picture of ${number}`}
            side="bottom"
            disabled={files.at === files.count - 1}
            onClick={() => files.onAt(files.at + 1)}
          >
            <ChevronRight size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}
