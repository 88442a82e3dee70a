import { memo } from 'react';
import type { ReactNode } from 'react';
import type { LogEntry } from '../../shared/fal/queue.ts';
import { cx } from '../ui/cx.ts';
import { timeOf, toneOf } from './log-lines.ts';
import { Marked } from './marked.tsx';

const TONES = {
  error: 'text-danger',
  warning: 'text-text',
  plain: 'text-soft',
  faint: 'text-faint',
} as const;

interface LogRowProps {
  readonly line: LogEntry;
  readonly query: string;
}

/** One line: when, how grave where it is, what. */
export const LogRow = memo(function LogRow({ line, query }: LogRowProps): ReactNode {
  const tone = toneOf(line.level);
  return (
    <div className="flex gap-3 font-mono text-xs leading-[18px]">
      <span className="tabular shrink-0 text-faint select-none">{timeOf(line.timestamp)}</span>
      {(tone === 'error' || tone === 'warning') && (
        <span className={cx('shrink-0', TONES[tone])}>{tone === 'error' ? 'error' : 'warn'}</span>
      )}
      <span className={cx('min-w-0 break-words whitespace-pre-wrap', TONES[tone])}>
        <Marked text={line.message} query={query} />
      </span>
    </div>
  );
});
