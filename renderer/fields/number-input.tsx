import { useState } from 'react';
import type { ComponentProps, KeyboardEvent, ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { readNumber, stepNumber } from './number-text.ts';
import type { AnyNumber } from './number-text.ts';
import { useUnread } from './unread.ts';

interface NumberInputProps extends Omit<
  ComponentProps<'input'>,
  'value' | 'min' | 'max' | 'step' | 'onChange'
> {
  /** Where it is one of several of a field: what is typed and cannot be read is kept by it. */
  readonly part?: string;
  /** An empty box is no value here, and nothing runs while it is empty. */
  readonly needed?: boolean;
  readonly value: AnyNumber | undefined;
  /** Undefined for an empty box. */
  readonly onValue: (value: AnyNumber | undefined) => void;
  /** The focus has gone elsewhere. */
  readonly onLeave?: () => void;
  readonly integer: boolean;
  readonly step?: number;
  /** Where the arrow keys stop. */
  readonly min?: AnyNumber | undefined;
  readonly max?: AnyNumber | undefined;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/**
 * A number typed as text, so that half-written ones ("-", "0.") and long ones survive; the arrow and page keys step. While it
 * has the focus it shows what was typed, an empty box too; a default comes back when it is left.
 */
export function NumberInput(props: NumberInputProps): ReactNode {
  const {
    part,
    needed = false,
    value,
    onValue,
    onLeave,
    integer,
    step = 1,
    min,
    max,
    className,
    ...rest
  } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [unread, setUnread] = useUnread(part);
  const change = (text: string): void => {
    setTyped(text);
    const read = readNumber(text, integer);
    const readable = read !== undefined || (text.trim() === '' && !needed);
    setUnread(readable ? null : text);
    if (readable) onValue(read);
  };
  const onKey = (event: KeyboardEvent): void => {
    const steps = STEPS[event.key];
    // Alt belongs to the row of a list, which moves by it.
    if (steps === undefined || event.altKey) return;
    event.preventDefault();
    const by = steps * step * (event.shiftKey ? 10 : 1);
    setTyped(null);
    setUnread(null);
    onValue(stepNumber(value ?? min ?? 0, by, { integer, step, min, max }));
  };
  return (
    <input
      {...rest}
      inputMode={integer ? 'numeric' : 'decimal'}
      value={typed ?? unread ?? (value === undefined ? '' : String(value))}
      aria-invalid={unread !== undefined || rest['aria-invalid']}
      onChange={(event) => change(event.target.value)}
      onBlur={() => {
        setTyped(null);
        onLeave?.();
      }}
      onKeyDown={onKey}
      className={cx('field tabular h-8 px-2.5', className)}
    />
  );
}
