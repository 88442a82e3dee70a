import { useLayoutEffect, useRef } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

interface TextAreaProps extends Omit<
  ComponentProps<'textarea'>,
  'value' | 'defaultValue' | 'onChange' | 'ref'
> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** From here on a text is a document: laid out in a box of fixed size and not checked for spelling. Code units. */
const LONG = 20_000;

/**
 * A text that grows with what is written, up to the height its class allows. The element keeps the text itself: React
 * would write it into the page a second time at every key, which takes long once there is a million of characters.
 */
export function TextArea({ value, onText, className, spellCheck, ...rest }: TextAreaProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = useRef('');
  useLayoutEffect(() => {
    if (area.current === null || shown.current === value) return;
    shown.current = value;
    area.current.value = value;
  }, [value]);
  const long = value.length > LONG;
  return (
    <textarea
      {...rest}
      ref={area}
      spellCheck={long ? false : spellCheck}
      onChange={({ target }) => {
        shown.current = target.value;
        onText(target.value);
      }}
      className={cx(
        'field w-full resize-none px-2.5 py-1.5 leading-5',
        long ? 'h-72 contain-strict' : 'field-sizing-content',
        className,
      )}
    />
  );
}
