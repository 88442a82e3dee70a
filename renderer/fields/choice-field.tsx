import type { ReactNode } from 'react';
import type { ChoiceField as Field } from '../../shared/schema/field.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { OpenChoice } from './open-choice.tsx';

/** Few and short: all in sight. Many: a list. Open ones also take what is typed. */
export function ChoiceField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const describedBy = problems.length > 0 ? problemsId(field) : undefined;
  const chosen = field.options.find((option) => option.value === value);
  const inSight =
    field.options.length <= 4 &&
    field.options.reduce((sum, option) => sum + option.label.length + 3, 0) <= 30;

  if (field.open) return <OpenChoice field={field} value={value} problems={problems} onChange={onChange} />;
  const [only] = field.options;
  if (field.options.length === 1 && only !== undefined && field.default === only.value) {
    return (
      <FieldRow field={field} problems={problems} inline>
        <span className="text-text">{only.label}</span>
      </FieldRow>
    );
  }
  if (inSight) {
    return (
      <FieldRow field={field} problems={problems} inline="wide">
        <Segmented
          label={field.label}
          describedBy={describedBy}
          options={field.options.map((option) => ({ value: String(option.value), label: option.label }))}
          value={chosen === undefined ? null : String(chosen.value)}
          onChange={(next) => onChange(field.options.find((option) => String(option.value) === next)?.value)}
        />
      </FieldRow>
    );
  }
  return (
    <FieldRow field={field} problems={problems} inline>
      <Select
        label={field.label}
        describedBy={describedBy}
        invalid={problems.length > 0}
        options={field.options}
        value={chosen?.value ?? null}
        placeholder={field.required ? 'Choose' : 'auto'}
        onChange={onChange}
        {...(field.required || field.default !== undefined ? {} : { onClear: () => onChange(undefined) })}
        className="w-full"
      />
    </FieldRow>
  );
}
