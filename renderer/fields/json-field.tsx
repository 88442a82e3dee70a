import { useId } from 'react';
import type { ReactNode } from 'react';
import { stringifyJson } from '../../shared/json.ts';
import { wantedWords } from '../../shared/schema/expects.ts';
import type { Field } from '../../shared/schema/field.ts';
import { UNREAD } from '../stores/requests.ts';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { JsonEditor } from './json-editor.tsx';
import { useDescribedBy } from './place.ts';

/** Anything without a field of its own, written as JSON, so that no model is out of reach. */
export function JsonField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const id = useId();
  const others = problems.filter((problem) => problem !== UNREAD);
  const describedBy = useDescribedBy(others);
  const [example] = field.examples;
  const expects = <span className="truncate text-xs text-faint">JSON · {wantedWords(field)}</span>;
  return (
    <FieldRow field={field} controlId={id} problems={others} aside={expects}>
      {field.kind === 'json' && field.reason !== undefined && (
        <p className="pb-1 text-xs text-faint">{field.reason} From here on it is written as JSON.</p>
      )}
      <JsonEditor
        id={id}
        value={value}
        placeholder={example === undefined ? undefined : stringifyJson(example)}
        aria-invalid={problems.length > 0}
        aria-describedby={describedBy}
        onValue={onChange}
        className="field-sizing-content max-h-60 min-h-14"
      />
    </FieldRow>
  );
}
