import { useVirtualizer } from '@tanstack/react-virtual';
import { History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RecentFile } from '../../shared/ipc/media.ts';
import type { FileMedium } from '../../shared/media/input.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Sheet } from '../ui/sheet.tsx';
import { State } from '../ui/state.tsx';
import { mediaUrl } from '../viewers/title.ts';
import { Thumb } from './file-card.tsx';
import { useRecentFiles } from './use-recent-files.ts';

const COLUMNS = 4;
/** Pixels of a row of tiles, its caption and the gap under it. */
const ROW = 160;
const PADDING = 16;

const NOTHING: Readonly<Record<FileMedium, string>> = {
  image: 'No result has a picture yet',
  video: 'No result has a video yet',
  audio: 'No result has a sound yet',
  model: 'No result has a 3D model yet',
  any: 'No result has a file yet',
};

interface RecentPickerProps {
  /** Of the field it is for. */
  readonly label: string;
  readonly medium: FileMedium;
  readonly onPick: (file: RecentFile) => void;
}

/** A button that opens the newest results that fit the field; the one chosen is used as it is kept here. */
export function RecentPicker({ label, medium, onPick }: RecentPickerProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={`Take a result from the history for ${label}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="size-6"
      >
        <History size={14} aria-hidden />
      </IconButton>
      <Sheet
        title={`From your history: ${label}`}
        open={open}
        onOpen={setOpen}
        className="h-[min(36rem,100%)] w-[min(44rem,100%)]"
      >
        <Recent
          medium={medium}
          onPick={(file) => {
            setOpen(false);
            onPick(file);
          }}
        />
      </Sheet>
    </>
  );
}

function Recent({ medium, onPick }: Omit<RecentPickerProps, 'label'>): ReactNode {
  const { files, more, failed, loadMore } = useRecentFiles(medium);
  const asked = useUncovered((state) => state.runs);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: Math.ceil(files.length / COLUMNS),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 3,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (more && (last + 3) * COLUMNS >= files.length) loadMore();
  }, [more, last, files.length, loadMore]);

  if (files.length === 0)
    return failed !== null ? (
      <State title={`${failed.title}.`} text={failed.hint} />
    ) : more ? (
      <State title="Looking through the history…" />
    ) : (
      <State title={NOTHING[medium]} text="What your runs make is kept here, and can be used again." />
    );
  return (
    <div ref={scroller} role="presentation" onKeyDown={moveFocus} className="min-h-0 flex-1 overflow-y-auto">
      <div
        role="group"
        aria-label="Results"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map((row) => (
          <div
            key={row.index}
            style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            className="absolute inset-x-4 top-0 grid grid-cols-4 gap-3 pb-3"
          >
            {files.slice(row.index * COLUMNS, (row.index + 1) * COLUMNS).map((file) => (
              <button
                key={`${file.runId} ${file.sha256}`}
                type="button"
                data-recent
                aria-label={file.fileName}
                onClick={() => onPick(file)}
                className="group flex min-w-0 flex-col rounded-md"
              >
                <span className="flex min-h-0 w-full flex-1 items-center justify-center overflow-hidden rounded-md border border-line bg-hover text-faint group-hover:border-edge">
                  <span
                    className={cx('block size-full', file.flagged && !asked.has(file.runId) && 'blur-xl')}
                  >
                    <Thumb src={mediaUrl(file)} contentType={file.contentType} />
                  </span>
                </span>
                <span className="w-full truncate pt-1 text-left text-xs text-soft">{file.fileName}</span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};

/** The arrow keys go from tile to tile; up and down by a row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-recent]')];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  if (at === -1) return;
  event.preventDefault();
  tiles[Math.min(Math.max(at + step, 0), tiles.length - 1)]?.focus();
}
