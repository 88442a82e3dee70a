import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface SelectOption<T> {
  readonly value: T;
  readonly label: string;
  /** Set apart at the right, such as pixels. */
  readonly aside?: string;
}

export interface SelectProps<T> {
  readonly label: string;
  readonly options: readonly SelectOption<T>[];
  readonly value: T | null;
  readonly placeholder?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onChange: (value: T) => void;
  /** Offers the placeholder as a first entry, which takes the choice back. */
  readonly onClear?: () => void;
}

/** One of a list; typing jumps to an entry. */
export function Select<T extends string | number | boolean>(props: SelectProps<T>): ReactNode {
  const {
    label,
    options,
    value,
    placeholder = 'Choose',
    describedBy,
    invalid = false,
    disabled = false,
    className,
    onChange,
    onClear,
  } = props;
  return (
    <Base.Root
      items={[...options]}
      value={value}
      disabled={disabled}
      onValueChange={(next) => (next === null ? onClear?.() : onChange(next))}
    >
      <Base.Trigger
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        className={cx(
          'field flex h-8 min-w-0 items-center justify-between gap-2 pr-2 pl-2.5 text-left data-disabled:opacity-50',
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-faint" />
        <Base.Icon className="text-faint">
          <ChevronDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-40 outline-hidden">
          <Base.Popup className="min-w-(--anchor-width) rounded-lg border border-line bg-raised text-text shadow-float outline-hidden">
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1">
              {onClear !== undefined && (
                <Base.Item
                  value={null}
                  className="grid min-h-7 cursor-default grid-cols-[16px_1fr] items-center gap-2 rounded-md px-2 text-soft outline-hidden select-none data-highlighted:bg-hover"
                >
                  <Base.ItemText className="col-start-2">{placeholder}</Base.ItemText>
                </Base.Item>
              )}
              {options.map((option) => (
                <Base.Item
                  key={String(option.value)}
                  value={option.value}
                  className="grid min-h-7 cursor-default grid-cols-[16px_1fr_auto] items-center gap-2 rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
                >
                  <Base.ItemIndicator className="col-start-1 text-soft">
                    <Check size={14} aria-hidden />
                  </Base.ItemIndicator>
                  <Base.ItemText className="col-start-2 max-w-96 truncate">{option.label}</Base.ItemText>
                  {option.aside !== undefined && (
                    <span className="tabular col-start-3 pl-3 text-xs text-faint">{option.aside}</span>
                  )}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
