import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';

interface FoldButtonProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** Id of what it opens. */
  readonly controls: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Opens and shuts a part of the form. */
export function FoldButton({ open, onOpen, controls, className, children }: FoldButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-expanded={open}
      aria-controls={controls}
      onClick={() => onOpen(!open)}
      className={cx(
        '-mx-1.5 flex h-8 min-w-0 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover hover:text-text',
        className,
      )}
    >
      <ChevronRight
        size={14}
        aria-hidden
        className={cx('shrink-0 transition-transform duration-120', open && 'rotate-90')}
      />
      {children}
    </button>
  );
}
