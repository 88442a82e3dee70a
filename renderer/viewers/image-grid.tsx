import type { KeyboardEvent, ReactNode } from 'react';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { cx } from '../ui/cx.ts';
import { mediaUrl } from './title.ts';
import { useCovered } from './use-covered.ts';

interface ImageGridProps {
  readonly run: Run;
  readonly pictures: readonly StoredMedia[];
  readonly at: number;
  readonly onOpen: (index: number) => void;
}

/** All pictures of a result at once; one that is pressed is opened by itself. */
export function ImageGrid({ run, pictures, at, onOpen }: ImageGridProps): ReactNode {
  return (
    <div
      role="presentation"
      onKeyDown={moveFocus}
      style={{ gridTemplateColumns: `repeat(${Math.ceil(Math.sqrt(pictures.length))}, minmax(0, 1fr))` }}
      className="mx-auto grid min-h-0 w-full max-w-4xl flex-1 content-center-safe gap-2 overflow-y-auto p-4"
    >
      {pictures.map((picture, index) => (
        <button
          key={picture.path.join('/')}
          type="button"
          data-picture
          aria-label={`Open picture ${index + 1} of ${pictures.length}`}
          onClick={() => onOpen(index)}
          style={{ aspectRatio: shapeOf(picture) }}
          className={cx(
            'relative min-w-0 overflow-hidden rounded-md border bg-panel',
            index === at ? 'border-edge' : 'border-line hover:border-edge',
          )}
        >
          <GridPicture run={run} picture={picture} />
        </button>
      ))}
    </div>
  );
}

/** Its own where it is told; a strip of a picture would leave no room for the others. */
function shapeOf({ width, height }: StoredMedia): number {
  return width && height ? Math.min(2, Math.max(0.6, width / height)) : 1;
}

function GridPicture({ run, picture }: { readonly run: Run; readonly picture: StoredMedia }): ReactNode {
  const covered = useCovered(run, picture);
  return (
    <img
      src={mediaUrl(picture)}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      className={cx('absolute inset-0 size-full object-contain', covered && 'blur-2xl')}
    />
  );
}

/** Left and right go from picture to picture, and so do up and down: how many stand in a row is the room's business. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-picture]')];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  if (at === -1) return;
  event.preventDefault();
  event.stopPropagation();
  tiles[Math.min(Math.max(at + step, 0), tiles.length - 1)]?.focus();
}
