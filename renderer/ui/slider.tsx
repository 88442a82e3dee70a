import { Slider as Base } from '@base-ui/react/slider';
import type { ReactNode } from 'react';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** By Shift and an arrow, and by the page keys; ten steps where it is left out. */
  readonly largeStep?: number;
  /** What is read aloud in place of the number. */
  readonly valueText?: string;
  readonly onChange: (value: number) => void;
}

export function Slider(props: SliderProps): ReactNode {
  const { label, value, min, max, step, largeStep = step * 10, valueText, onChange } = props;
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={Math.min(largeStep, max - min)}
      onValueChange={onChange}
      className="min-w-0 flex-1"
    >
      <Base.Control className="flex h-8 touch-none items-center select-none">
        <Base.Track className="h-[3px] w-full rounded-full bg-pressed">
          <Base.Indicator className="rounded-full bg-edge" />
          <Base.Thumb
            aria-label={label}
            {...(valueText === undefined ? {} : { getAriaValueText: () => valueText })}
            className="size-3.5 rounded-full border border-edge bg-raised transition-[border-color] duration-120 hover:border-text has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-accent"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
