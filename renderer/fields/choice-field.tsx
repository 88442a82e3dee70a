import type { ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { ChoiceField as Field } from '../../shared/schema/field.ts';
import { Finder } from '../ui/finder.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { OpenChoice } from './open-choice.tsx';
import { useDescribedBy } from './place.ts';

/** More than these are searched, not scrolled through. */
const MOST_LISTED = 12;

/** Few and short: all in sight. More: a list. Many: a list to search in. Open ones also take what is typed. */
export function ChoiceField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const describedBy = useDescribedBy(problems);
  const chosen = field.options.find((option) => option.value === value);
  const inSight =
    field.options.length <= 4 &&
    field.options.reduce((sum, option) => sum + option.label.length + 3, 0) <= 30;
  const cleared = clearedTo(field);

  if (field.open) return <OpenChoice field={field} value={value} problems={problems} onChange={onChange} />;
  const [only] = field.options;
  if (field.options.length === 1 && only !== undefined && field.default === only.value) {
    return (
      <FieldRow field={field} problems={problems} value={value} onChange={onChange} inline>
        <span className="text-text">{only.label}</span>
      </FieldRow>
    );
  }
  if (inSight) {
    return (
      <FieldRow field={field} problems={problems} value={value} onChange={onChange} inline="wide">
        <Segmented
          label={field.label}
          describedBy={describedBy}
          options={field.options.map((option) => ({ value: String(option.value), label: option.label }))}
          value={chosen === undefined ? null : String(chosen.value)}
          onChange={(next) => {
            const option = field.options.find((option) => String(option.value) === next);
            if (option !== undefined) onChange(option.value);
            else if (cleared !== null) onChange(cleared.value);
          }}
        />
      </FieldRow>
    );
  }
  const List = field.options.length > MOST_LISTED ? Finder : Select;
  return (
    <FieldRow field={field} problems={problems} value={value} onChange={onChange} inline>
      <List
        label={field.label}
        describedBy={describedBy}
        invalid={problems.length > 0}
        options={field.options}
        value={chosen?.value ?? null}
        placeholder={cleared?.words ?? 'Choose'}
        onChange={onChange}
        {...(cleared !== null && { onClear: () => onChange(cleared.value) })}
        className="w-full"
      />
    </FieldRow>
  );
}

interface Cleared {
  readonly value: JsonValue | undefined;
  readonly words: string;
}

/** What no choice is: left out, or null where the model would otherwise take its default; null where there has to be one. */
function clearedTo({ required, nullable, default: preset }: Field): Cleared | null {
  if (preset !== undefined && preset !== null) return nullable ? { value: null, words: 'none' } : null;
  if (!required) return { value: undefined, words: 'auto' };
  return nullable ? { value: null, words: 'none' } : null;
}
