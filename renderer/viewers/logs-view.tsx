import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Copy } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { ask } from '../bridge.ts';
import { MOST_LINES } from '../stores/log-book.ts';
import { useRuns } from '../stores/runs.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { State } from '../ui/state.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { FindBar, foundWords, meansFind, moved } from './find-bar.tsx';
import { linesWith, logText, numberOf } from './log-lines.ts';
import { LogRow } from './log-row.tsx';
import { TextPlace } from './text-place.ts';

const LINE_HEIGHT = 18;

/** The runner's log as it is written: followed, searched, copied. */
export function LogsView({ run }: { readonly run: Run }): ReactNode {
  const lines = useRuns((state) => state.logs[run.id]);
  // On its way from the history.
  if (lines === undefined) return null;
  if (lines.length === 0)
    return (
      <State
        title={isOver(run.state) ? 'This run left no log' : 'No log yet'}
        text="Lines appear here as the runner writes them."
      />
    );
  return <Lines key={run.id} lines={lines} going={!isOver(run.state)} />;
}

function Lines({
  lines,
  going,
}: {
  readonly lines: readonly LogEntry[];
  readonly going: boolean;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [place] = useState(() => new TextPlace(true));
  const [following, setFollowing] = useState(true);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const found = useMemo(() => linesWith(lines, query), [lines, query]);
  // A line that has gone out of sight of the window takes its place among those found along.
  const current = at === null || found.length === 0 ? null : Math.min(at, found.length - 1);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: useCallback(
      (index: number) => {
        const line = lines[index];
        return line === undefined ? index : numberOf(line);
      },
      [lines],
    ),
    overscan: 12,
    paddingStart: 8,
    paddingEnd: 8,
  });
  const height = virtualizer.getTotalSize();
  useLayoutEffect(() => {
    if (box.current !== null) place.grew(box.current);
  }, [lines, height, place]);

  const follow = (): void => {
    place.follow();
    setFollowing(true);
    if (box.current !== null) place.grew(box.current);
  };
  const pause = (): void => {
    place.settle();
    setFollowing(false);
  };
  const show = (next: number): void => {
    const line = found[next];
    if (line === undefined) return;
    setAt(next);
    pause();
    virtualizer.scrollToIndex(line, { align: 'center' });
  };
  const copied = query === '' ? lines : found.flatMap((index) => lines[index] ?? []);

  useEffect(() => {
    const panel = box.current?.parentElement;
    const onKey = (event: KeyboardEvent): void => {
      if (!meansFind(event)) return;
      event.preventDefault();
      input.current?.select();
    };
    panel?.addEventListener('keydown', onKey);
    return () => panel?.removeEventListener('keydown', onKey);
  }, []);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <FindBar
        label="Find in the log"
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setAt(null);
        }}
        found={foundWords(found.length, current, false)}
        movable={found.length > 0}
        onMove={(by) => show(moved(current, by, found.length))}
        input={input}
      >
        <IconButton
          label={following ? 'Stop following the end' : 'Follow the end'}
          aria-pressed={following}
          onClick={following ? pause : follow}
          className={following ? 'bg-pressed text-text' : ''}
        >
          <ArrowDownToLine size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={query === '' ? 'Copy the log' : 'Copy the lines found'}
          disabled={copied.length === 0}
          onClick={() => void copy(copied)}
        >
          <Copy size={14} aria-hidden />
        </IconButton>
      </FindBar>
      {lines.length >= MOST_LINES && (
        <p className="shrink-0 border-b border-line px-4 py-1.5 text-soft">
          The newest {MOST_LINES.toLocaleString('en-US')} lines are shown.
        </p>
      )}
      <div
        ref={box}
        role="log"
        aria-label="Log of the run"
        aria-busy={going}
        // Scrolling draws old lines anew, and a runner writes faster than can be read aloud.
        aria-live="off"
        // A scrolled region must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={({ currentTarget }) => setFollowing(place.scrolled(currentTarget))}
        className="min-h-0 flex-1 overflow-y-auto [overflow-anchor:none] select-text focus-visible:outline-offset-[-2px]"
      >
        <div className="relative" style={{ height }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={cx(
                  'absolute inset-x-0 top-0 px-4',
                  current !== null && found[current] === item.index && 'bg-hover',
                )}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow line={line} query={query} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

async function copy(lines: readonly LogEntry[]): Promise<void> {
  const answer = await ask('app.copyText', { text: logText(lines) });
  if (answer.ok)
    say(lines.length === 1 ? 'One line copied' : `${lines.length.toLocaleString('en-US')} lines copied`);
  else sayError(answer.error);
}
