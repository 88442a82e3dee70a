import type { ReactNode } from 'react';
import type { SwitchField as Field } from '../../shared/schema/field.ts';
import { Switch } from '../ui/switch.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { useDescribedBy } from './place.ts';

export function SwitchField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  return (
    <FieldRow field={field} problems={problems} value={value} onChange={onChange} inline="wide">
      <Switch
        label={field.label}
        checked={value === true}
        describedBy={useDescribedBy(problems)}
        onChange={onChange}
      />
    </FieldRow>
  );
}
