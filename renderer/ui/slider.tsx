import { Slider as Base } from '@base-ui/react/slider';
import type { ReactNode } from 'react';

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, step, onChange }: SliderProps): ReactNode {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={Math.min(step * 10, max - min)}
      onValueChange={onChange}
      className="min-w-0 flex-1"
    >
      <Base.Control className="flex h-8 touch-none items-center select-none">
        <Base.Track className="h-[3px] w-full rounded-full bg-pressed">
          <Base.Indicator className="rounded-full bg-edge" />
          <Base.Thumb
            aria-label={label}
            className="size-3.5 rounded-full border border-edge bg-raised transition-[border-color] duration-120 hover:border-text has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-1 has-[:focus-visible]:outline-accent"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
