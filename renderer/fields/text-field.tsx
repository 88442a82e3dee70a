import { useId } from 'react';
import type { ReactNode } from 'react';
import type { TextField as Field } from '../../shared/schema/field.ts';
import { cx } from '../ui/cx.ts';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';

/** One line, or a text that grows with what is written. */
export function TextField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const id = useId();
  const text = typeof value === 'string' ? value : '';
  const example = field.examples.find((entry) => typeof entry === 'string');
  const shared = {
    id,
    value: text,
    'aria-invalid': problems.length > 0,
    'aria-describedby': problems.length > 0 ? problemsId(field) : undefined,
    placeholder: typeof example === 'string' ? beginning(example) : undefined,
    spellCheck: field.multiline,
  };
  const count = field.multiline && (
    <span className="tabular text-xs text-faint">
      {text.length}
      {field.maxLength !== undefined && ` / ${field.maxLength}`}
    </span>
  );
  return (
    <FieldRow field={field} controlId={id} problems={problems} aside={count}>
      {field.multiline ? (
        <textarea
          {...shared}
          onChange={(event) => onChange(event.target.value)}
          className={cx(
            'field field-sizing-content max-h-72 w-full resize-none px-2.5 py-1.5 leading-5',
            field.name === 'prompt' ? 'min-h-24' : 'min-h-14',
          )}
        />
      ) : (
        <input
          {...shared}
          onChange={(event) => onChange(event.target.value)}
          className="field h-8 w-full px-2.5"
        />
      )}
    </FieldRow>
  );
}

/** As much of an example as an empty box can show, cut between words. */
function beginning(text: string): string {
  return text.length <= 150 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`;
}
