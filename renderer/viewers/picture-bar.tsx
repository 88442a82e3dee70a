import {
  ChevronLeft,
  ChevronRight,
  Columns2,
  EyeOff,
  LayoutGrid,
  Maximize2,
  Minimize2,
  Minus,
  Plus,
  Scan,
  SquareSplitHorizontal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Select } from '../ui/select.tsx';
import type { InputPicture } from './input-pictures.ts';
import type { Zoom } from './use-zoom.ts';
import { zoomWords } from './zoom.ts';

/** How pictures are looked at: one, all, or one beside or over the input it was made of. */
export type Looking = 'one' | 'grid' | 'beside' | 'over';

interface PictureBarProps {
  readonly looking: Looking;
  readonly onLooking: (looking: Looking) => void;
  readonly at: number;
  readonly count: number;
  readonly onAt: (index: number) => void;
  readonly inputs: readonly InputPicture[];
  readonly input: InputPicture | undefined;
  readonly onInput: (sha256: string) => void;
  /** Null while there is no picture to zoom. */
  readonly zoom: Zoom | null;
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
  /** Covers again what was uncovered; null where nothing is to be covered. */
  readonly onCover: (() => void) | null;
}

/** One line over the pictures: which one, how it is looked at, how large. */
export function PictureBar(props: PictureBarProps): ReactNode {
  const { looking, onLooking, at, count, onAt, inputs, input, onInput, zoom, full, onFull, onCover } = props;
  const comparing = looking === 'beside' || looking === 'over';
  return (
    <div
      role="group"
      aria-label="How it is looked at"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-1 px-2 text-soft"
    >
      {count > 1 && (
        <>
          <IconButton
            label="Previous picture"
            shortcut="←"
            side="bottom"
            disabled={at === 0}
            onClick={() => onAt(at - 1)}
          >
            <ChevronLeft size={14} aria-hidden />
          </IconButton>
          <span
            className="tabular min-w-10 text-center"
            role="status"
            aria-label={`Picture ${at + 1} of ${count}`}
          >
            {at + 1} of {count}
          </span>
          <IconButton
            label="Next picture"
            shortcut="→"
            side="bottom"
            disabled={at === count - 1}
            onClick={() => onAt(at + 1)}
          >
            <ChevronRight size={14} aria-hidden />
          </IconButton>
          <Choice label="All pictures" of="grid" looking={looking} onLooking={onLooking}>
            <LayoutGrid size={14} aria-hidden />
          </Choice>
        </>
      )}
      {inputs.length > 0 && (
        <>
          <Choice label="Beside the input" of="beside" looking={looking} onLooking={onLooking}>
            <Columns2 size={14} aria-hidden />
          </Choice>
          <Choice label="Over the input" of="over" looking={looking} onLooking={onLooking}>
            <SquareSplitHorizontal size={14} aria-hidden />
          </Choice>
        </>
      )}
      {comparing && inputs.length > 1 && (
        <Select
          label="Input to compare with"
          options={inputs.map(({ sha256, label }) => ({ value: sha256, label }))}
          value={input?.sha256 ?? null}
          onChange={onInput}
          className="h-7 w-32"
        />
      )}
      <div className="flex-1" />
      {onCover !== null && (
        <IconButton label="Blur it again" side="bottom" onClick={onCover}>
          <EyeOff size={14} aria-hidden />
        </IconButton>
      )}
      {zoom !== null && looking !== 'grid' && <ZoomButtons zoom={zoom} fullKey="1" />}
      <IconButton
        label={full ? 'Leave full view' : 'Full view'}
        shortcut={full ? 'Esc' : 'F'}
        side="bottom"
        onClick={() => onFull(!full)}
      >
        {full ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
      </IconButton>
    </div>
  );
}

interface ZoomButtonsProps {
  readonly zoom: Zoom;
  /** Where it has none, the key means another thing there. */
  readonly fullKey?: string;
}

export function ZoomButtons({ zoom, fullKey }: ZoomButtonsProps): ReactNode {
  return (
    <>
      <IconButton label="Smaller" shortcut="−" side="bottom" onClick={() => zoom.step(-1)}>
        <Minus size={14} aria-hidden />
      </IconButton>
      <span className="tabular min-w-11 text-center text-xs" aria-label="Zoom" role="status">
        {zoomWords(zoom.laid.scale, window.devicePixelRatio)}
      </span>
      <IconButton label="Larger" shortcut="+" side="bottom" onClick={() => zoom.step(1)}>
        <Plus size={14} aria-hidden />
      </IconButton>
      <IconButton
        label="Fit"
        shortcut="0"
        side="bottom"
        aria-pressed={zoom.fits}
        onClick={() => zoom.fit()}
        className={cx(zoom.fits && PRESSED)}
      >
        <Scan size={14} aria-hidden />
      </IconButton>
      <IconButton label="Full size" shortcut={fullKey} side="bottom" onClick={() => zoom.toFull()}>
        <span aria-hidden className="tabular text-xs">
          1:1
        </span>
      </IconButton>
    </>
  );
}

const PRESSED = 'bg-hover text-text';

interface ChoiceProps {
  readonly label: string;
  readonly of: Looking;
  readonly looking: Looking;
  readonly onLooking: (looking: Looking) => void;
  readonly children: ReactNode;
}

/** Pressed again it leads back to the one picture. */
function Choice({ label, of, looking, onLooking, children }: ChoiceProps): ReactNode {
  const pressed = looking === of;
  return (
    <IconButton
      label={label}
      side="bottom"
      aria-pressed={pressed}
      onClick={() => onLooking(pressed ? 'one' : of)}
      className={cx(pressed && PRESSED)}
    >
      {children}
    </IconButton>
  );
}
