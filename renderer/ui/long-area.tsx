import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { LongText, TextNames, openLongText } from '../editor/long-text.ts';
import { cx } from './cx.ts';

/** What an element leaves to the editor that takes its place. */
export interface PlainText {
  readonly label: string;
  readonly focused: boolean;
  /** UTF-16 units. */
  readonly selected: readonly [from: number, to: number];
}

interface LongAreaProps {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly names: Omit<TextNames, 'label'>;
  readonly shown: boolean;
  readonly handOver: () => PlainText;
  /** The editor is there and may be shown. */
  readonly onDrawn: () => void;
  /** It goes, with the focus or without. */
  readonly onGone: (focused: boolean) => void;
}

/** An editor for a long text, out of sight until it is there. */
export function LongArea(props: LongAreaProps): ReactNode {
  const { value, names, shown } = props;
  const { id, describedBy, invalid } = names;
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<{ readonly editor: LongText; readonly plain: PlainText } | null>(null);
  const tell = useEffectEvent(props.onText);
  const gone = useEffectEvent(props.onGone);
  const begin = useEffectEvent((parent: HTMLElement, open: typeof openLongText): LongText => {
    const plain = props.handOver();
    const editor = open({
      parent,
      text: value,
      names: { ...names, label: plain.label },
      onText: (text) => tell(text),
    });
    setOpened({ editor, plain });
    props.onDrawn();
    return editor;
  });
  useEffect(() => {
    let editor: LongText | null = null;
    let closed = false;
    void import('../editor/long-text.ts').then(({ openLongText }) => {
      if (!closed && place.current !== null) editor = begin(place.current, openLongText);
    });
    return () => {
      closed = true;
      editor?.close();
    };
  }, []);
  useLayoutEffect(() => {
    const { current: element } = place;
    return () => gone(element?.contains(document.activeElement) ?? false);
  }, []);
  // Before the next paint: nothing that is typed meanwhile goes astray.
  useLayoutEffect(() => {
    if (shown && opened?.plain.focused === true) opened.editor.focus(...opened.plain.selected);
  }, [shown, opened]);
  useEffect(() => opened?.editor.show(value), [opened, value]);
  useEffect(
    () => opened?.editor.name({ id, describedBy, invalid, label: opened.plain.label }),
    [opened, id, describedBy, invalid],
  );
  return (
    <div
      ref={place}
      className={cx(
        'field h-72 w-full overflow-hidden focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent',
        !shown && 'hidden',
        invalid && 'border-danger',
      )}
    />
  );
}
