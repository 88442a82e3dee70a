import { useId, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { parseJson, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { locate } from '../../shared/json-places.ts';
import { cx } from '../ui/cx.ts';
import { useUnread } from './unread.ts';

interface JsonEditorProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  /** Where it is not the whole of the field: what is typed and cannot be read is kept by it. */
  readonly part?: string;
  readonly value: JsonValue | undefined;
  /** Says why a value that is JSON is still not taken; null takes it. */
  readonly refuse?: (value: JsonValue) => string | null;
  readonly onValue: (value: JsonValue | undefined) => void;
}

/** JSON as text. What does not parse stays as typed, says why, and is not passed on. */
export function JsonEditor({ part, value, refuse, onValue, className, ...rest }: JsonEditorProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const [unread, setUnread] = useUnread(part);
  const [left, setLeft] = useState(false);
  const problemId = useId();
  const problem = unread === undefined ? null : problemOf(unread, refuse);
  const change = (text: string): void => {
    setTyped(text);
    setLeft(false);
    const read = parseJson(text);
    const empty = text.trim() === '';
    const taken = empty || problemOf(text, refuse) === null;
    setUnread(taken ? null : text);
    if (taken) onValue(empty || !read.ok ? undefined : read.value);
  };
  return (
    <>
      <textarea
        {...rest}
        spellCheck={false}
        value={typed ?? unread ?? (value === undefined ? '' : stringifyJson(value, 2))}
        aria-invalid={unread !== undefined || rest['aria-invalid']}
        aria-describedby={describedBy(rest['aria-describedby'], problem === null ? undefined : problemId)}
        onChange={(event) => change(event.target.value)}
        onBlur={() => {
          setTyped(null);
          setLeft(true);
        }}
        className={cx('field w-full resize-none px-2.5 py-1.5 font-mono text-xs leading-[18px]', className)}
      />
      {problem !== null && (
        // Said once the box is left, and not at every key: what is being written is not wrong yet.
        <p key={String(left)} id={problemId} role={left ? 'alert' : undefined} className="pt-1 text-danger">
          Not used yet: {problem}
        </p>
      )}
    </>
  );
}

function problemOf(text: string, refuse: JsonEditorProps['refuse']): string | null {
  const read = parseJson(text);
  return read.ok ? (refuse?.(read.value) ?? null) : (locate(text, []).mistake?.message ?? read.message);
}

const describedBy = (...ids: readonly (string | undefined)[]): string | undefined =>
  ids.filter((id) => id !== undefined).join(' ') || undefined;
