import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Segmented } from '../../ui/segmented.tsx';
import type { Zoom } from '../../viewers/use-zoom.ts';
import type { Size } from '../../viewers/zoom.ts';
import { ZoomPane } from '../../viewers/zoom-pane.tsx';
import { differenceWords } from './difference-words.ts';
import { subtract } from './subtract.ts';
import type { Subtracted } from './subtract.ts';

interface DifferenceViewProps {
  readonly a: string;
  readonly b: string;
  readonly frame: Size;
  readonly zoom: Zoom;
}

type Found =
  | { readonly kind: 'reckoning' }
  | ({ readonly kind: 'found' } & Subtracted)
  | { readonly kind: 'unreadable' };

const BRIGHTER = [
  { value: '1', label: '×1' },
  { value: '4', label: '×4' },
  { value: '16', label: '×16' },
] as const;

/** What two pictures have not in common, the brighter the more; black where they are the same. */
export function DifferenceView({ a, b, frame, zoom }: DifferenceViewProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [found, setFound] = useState<Found>({ kind: 'reckoning' });
  const [brighter, setBrighter] = useState<(typeof BRIGHTER)[number]['value']>('1');
  const { width, height } = frame;
  useEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    let left = false;
    setFound({ kind: 'reckoning' });
    subtract(current, a, b, { width, height }).then(
      (subtracted) => !left && setFound({ kind: 'found', ...subtracted }),
      () => !left && setFound({ kind: 'unreadable' }),
    );
    return () => {
      left = true;
    };
  }, [a, b, width, height]);
  const { laid } = zoom;
  const words = found.kind === 'found' ? differenceWords(found) : '';
  return (
    <>
      <ZoomPane zoom={zoom} label="Difference">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`Difference of 1 and 2. ${words}`}
          style={{
            width,
            height,
            transform: `translate(${laid.left}px, ${laid.top}px) scale(${laid.scale})`,
            filter: `brightness(${brighter})`,
            imageRendering: laid.scale * window.devicePixelRatio > 3 ? 'pixelated' : 'auto',
          }}
          className="absolute top-0 left-0 max-w-none origin-top-left"
        />
      </ZoomPane>
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-1">
        <p role="status" className="tabular min-w-0 flex-1 text-soft">
          {found.kind === 'unreadable' ? 'One of the pictures cannot be read.' : words}
        </p>
        <span aria-hidden className="text-soft">
          Brighter
        </span>
        <Segmented
          label="Brighter"
          options={BRIGHTER}
          value={brighter}
          onChange={(next) => setBrighter(next ?? '1')}
          className="h-7"
        />
      </div>
    </>
  );
}
