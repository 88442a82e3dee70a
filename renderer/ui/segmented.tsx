import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T | null;
  readonly describedBy?: string | undefined;
  readonly className?: string;
  /** null when the chosen one was pressed again. */
  readonly onChange: (value: T | null) => void;
}

/** A few choices, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>): ReactNode {
  const { label, options, value, describedBy, className, onChange } = props;
  return (
    <ToggleGroup
      aria-label={label}
      aria-describedby={describedBy}
      value={value === null ? [] : [value]}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next[0]);
        onChange(chosen?.value ?? null);
      }}
      className={cx(
        'inline-flex h-8 items-stretch gap-0.5 rounded-md border border-line bg-canvas p-0.5',
        className,
      )}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="grow truncate rounded-sm px-2.5 text-soft transition-colors duration-120 hover:text-text data-pressed:bg-raised data-pressed:text-text data-pressed:shadow-[0_0_0_1px_var(--color-line)]"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
