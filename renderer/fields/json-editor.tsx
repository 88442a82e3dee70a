import { useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { parseJson, sameJson, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { cx } from '../ui/cx.ts';

interface JsonEditorProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange'> {
  readonly value: JsonValue | undefined;
  /** Says why a value that is JSON is still not taken; null takes it. */
  readonly refuse?: (value: JsonValue) => string | null;
  readonly onValue: (value: JsonValue | undefined) => void;
}

/** JSON as text. What does not parse stays as typed, says why, and is not passed on. */
export function JsonEditor({ value, refuse, onValue, className, ...rest }: JsonEditorProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null || typed.trim() === '' ? null : parseJson(typed);
  const problem = parsed === null ? null : parsed.ok ? (refuse?.(parsed.value) ?? null) : parsed.message;
  // A change made elsewhere replaces what was typed, unless that is still being corrected.
  const current =
    typed !== null && (problem !== null || sameJson(parsed?.ok ? parsed.value : undefined, value));
  return (
    <>
      <textarea
        {...rest}
        spellCheck={false}
        value={current ? typed : value === undefined ? '' : stringifyJson(value, 2)}
        aria-invalid={problem !== null || rest['aria-invalid']}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          if (text.trim() === '') return onValue(undefined);
          const next = parseJson(text);
          if (next.ok && (refuse?.(next.value) ?? null) === null) onValue(next.value);
        }}
        onBlur={() => problem === null && setTyped(null)}
        className={cx('field w-full resize-none px-2.5 py-1.5 font-mono text-xs leading-[18px]', className)}
      />
      {problem !== null && (
        <p role="alert" className="pt-1 text-danger">
          Not used yet: {problem}
        </p>
      )}
    </>
  );
}
