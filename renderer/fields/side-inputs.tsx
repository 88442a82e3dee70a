import { ArrowLeftRight, Link, Unlink } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { SizeField } from '../../shared/schema/field.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { NumberInput } from './number-input.tsx';
import { sideBeside, sideWords, snapSide } from './size-math.ts';

interface SideInputsProps {
  readonly field: SizeField;
  readonly size: JsonObject;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly onChange: (size: JsonObject) => void;
}

type Side = 'width' | 'height';

/** Pixels the arrow keys go by where the model names no step. */
const STEP = 8;

/** Width and height in pixels, each by itself or held to one shape. */
export function SideInputs({ field, size, invalid, describedBy, onChange }: SideInputsProps): ReactNode {
  // Height by width, while the shape is held.
  const [shape, setShape] = useState<number | null>(null);
  const width = sideOf(size['width']);
  const height = sideOf(size['height']);
  const known = width !== undefined && height !== undefined;
  const words = sideWords(field);

  const set = (side: Side, pixels: number | undefined): void => {
    const { [side]: _, ...others } = size;
    if (pixels === undefined) return onChange(others);
    const other = side === 'width' ? 'height' : 'width';
    const beside =
      shape === null ? {} : { [other]: sideBeside(pixels, side === 'width' ? shape : 1 / shape, field) };
    onChange({ ...others, [side]: pixels, ...beside });
  };
  /** A held shape keeps to the model's steps; what is typed by itself stays, and what is wrong with it is said. */
  const settle = (side: Side, pixels: number | undefined): void => {
    if (shape === null || pixels === undefined || pixels === snapSide(pixels, field)) return;
    set(side, snapSide(pixels, field));
  };
  const input = (side: Side, pixels: number | undefined): ReactNode => (
    <NumberInput
      aria-label={`${side === 'width' ? 'Width' : 'Height'} of ${field.label} in pixels`}
      title={side === 'width' ? 'Width' : 'Height'}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      part={side}
      min={field.minSide}
      max={field.maxSide}
      value={pixels}
      integer
      step={field.sideMultipleOf ?? STEP}
      placeholder="auto"
      onValue={(next) => set(side, next === undefined ? undefined : Number(next))}
      onLeave={() => settle(side, pixels)}
      className="w-0 flex-1"
    />
  );
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-1">
        {input('width', width)}
        <IconButton
          label="Swap width and height"
          disabled={!known}
          onClick={() => {
            if (shape !== null) setShape(1 / shape);
            if (known) onChange({ ...size, width: height, height: width });
          }}
        >
          <ArrowLeftRight size={14} aria-hidden />
        </IconButton>
        {input('height', height)}
        <IconButton
          label="Hold the shape"
          aria-pressed={shape !== null}
          disabled={!known && shape === null}
          onClick={() => setShape(shape === null && known ? height / width : null)}
          className={cx(shape !== null && 'bg-pressed text-text')}
        >
          {shape === null ? <Unlink size={14} aria-hidden /> : <Link size={14} aria-hidden />}
        </IconButton>
      </div>
      {words !== '' && <p className="tabular text-xs text-faint">{words}</p>}
    </div>
  );
}

function sideOf(value: JsonValue | undefined): number | undefined {
  const side = typeof value === 'bigint' ? Number(value) : value;
  return typeof side === 'number' && side > 0 ? side : undefined;
}
