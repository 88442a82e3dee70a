import { useLayoutEffect, useRef, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { LongArea } from './long-area.tsx';
import type { PlainText } from './long-area.tsx';

interface TextAreaProps extends Omit<
  ComponentProps<'textarea'>,
  'value' | 'defaultValue' | 'onChange' | 'ref'
> {
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** UTF-16 units. A longer text is laid out anew as a whole at every key by a plain element, and so is given an editor. */
const LONG = 20_000;
/** Below this it is a plain element again; not at once, or the one would follow the other at the border. */
const SHORT = 15_000;

/** A text that grows with what is written, up to the height its class allows; quick to write in however long it is. */
export function TextArea({ value, onText, className, ...rest }: TextAreaProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null);
  const shown = useRef('');
  const leftFocused = useRef(false);
  /** Where a paste ended that was too long for the element. */
  const pastedTo = useRef<number | null>(null);
  const [wasLong, setWasLong] = useState(false);
  const long = value.length > (wasLong ? SHORT : LONG);
  if (long !== wasLong) setWasLong(long);
  const [drawn, setDrawn] = useState(false);
  if (!long && drawn) setDrawn(false);
  useLayoutEffect(() => {
    const { current: element } = area;
    if (element === null) {
      shown.current = '';
      return;
    }
    // The element keeps the text itself: React would write it into the page a second time at every key.
    if (shown.current !== value) {
      shown.current = value;
      // Of one that an editor is on its way for, the beginning to look at: the whole would hold the window up.
      element.readOnly = value.length > LONG;
      element.value = element.readOnly ? value.slice(0, SHORT) : value;
    }
    if (leftFocused.current) element.focus();
    leftFocused.current = false;
  }, [value, drawn]);

  const handOver = (): PlainText => {
    const { current: element } = area;
    const to = pastedTo.current;
    pastedTo.current = null;
    return {
      label: element?.labels[0]?.textContent ?? '',
      focused: element !== null && element === document.activeElement,
      selected: to === null ? [element?.selectionStart ?? 0, element?.selectionEnd ?? 0] : [to, to],
    };
  };
  return (
    <>
      {!drawn && (
        <textarea
          {...rest}
          ref={area}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
            if (pasted.length <= LONG || event.currentTarget.readOnly) return;
            event.preventDefault();
            const { selectionStart: from, selectionEnd: to } = event.currentTarget;
            pastedTo.current = from + pasted.length;
            onText(value.slice(0, from) + pasted + value.slice(to));
          }}
          onChange={({ target }) => {
            shown.current = target.value;
            onText(target.value);
          }}
          className={cx('field field-sizing-content w-full resize-none px-2.5 py-1.5 leading-5', className)}
        />
      )}
      {long && (
        <LongArea
          value={value}
          onText={onText}
          names={{
            id: rest.id,
            describedBy: rest['aria-describedby'],
            invalid: rest['aria-invalid'] === true,
          }}
          shown={drawn}
          handOver={handOver}
          onDrawn={() => setDrawn(true)}
          onGone={(focused) => {
            leftFocused.current = focused;
          }}
        />
      )}
    </>
  );
}
