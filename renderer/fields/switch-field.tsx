import type { ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { SwitchField as Field } from '../../shared/schema/field.ts';
import { Switch } from '../ui/switch.tsx';
import { FieldRow, problemsId } from './field-row.tsx';

interface SwitchFieldProps {
  readonly field: Field;
  readonly value: JsonValue | undefined;
  readonly problems: readonly string[];
  readonly onChange: (value: JsonValue | undefined) => void;
}

export function SwitchField({ field, value, problems, onChange }: SwitchFieldProps): ReactNode {
  return (
    <FieldRow field={field} problems={problems} inline="wide">
      <Switch
        label={field.label}
        checked={value === true}
        describedBy={problems.length > 0 ? problemsId(field) : undefined}
        onChange={onChange}
      />
    </FieldRow>
  );
}
