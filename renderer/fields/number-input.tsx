import { useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../ui/cx.ts';

interface NumberInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly value: number | bigint | undefined;
  /** Whole numbers beyond 2^53 come back as bigint; undefined for an empty box. */
  readonly onValue: (value: number | bigint | undefined) => void;
  readonly integer: boolean;
  readonly step?: number;
}

/**
 * A number typed as text, so that half-written ones ("-", "0.") and long ones survive; the arrow keys step.
 * What cannot be read as a number stays in the box, marked, and is not passed on.
 */
export function NumberInput({
  value,
  onValue,
  integer,
  step = 1,
  className,
  ...rest
}: NumberInputProps): ReactNode {
  const shown = value === undefined ? '' : String(value);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && sameNumber(typed, value, integer) ? typed : shown;
  const unreadable = typed !== null && typed.trim() !== '' && readNumber(typed, integer) === undefined;
  const change = (next: string): void => {
    setTyped(next);
    const read = readNumber(next, integer);
    if (next.trim() === '' || read !== undefined) onValue(read);
  };
  return (
    <input
      {...rest}
      inputMode={integer ? 'numeric' : 'decimal'}
      value={unreadable ? (typed ?? '') : text}
      aria-invalid={unreadable || rest['aria-invalid']}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        const by = (event.key === 'ArrowUp' ? step : -step) * (event.shiftKey ? 10 : 1);
        // Adding 0.1 three times must say 0.3.
        const next = Number((Number(value ?? 0) + by).toFixed(decimals(step)));
        setTyped(null);
        onValue(next);
      }}
      className={cx('field tabular h-8 px-2.5', className)}
    />
  );
}

function readNumber(text: string, integer: boolean): number | bigint | undefined {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed)) {
    const small = Number(trimmed);
    return Number.isSafeInteger(small) ? small : integer ? BigInt(trimmed) : small;
  }
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : undefined;
}

const sameNumber = (typed: string, value: number | bigint | undefined, integer: boolean): boolean =>
  readNumber(typed, integer) === value;

const decimals = (step: number): number =>
  Number.isInteger(step) ? 6 : Math.max(6, (String(step).split('.')[1] ?? '').length);
