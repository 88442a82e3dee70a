import type { ReactNode } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { SizeField as Field } from '../../shared/schema/field.ts';
import { Select } from '../ui/select.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { useDescribedBy } from './place.ts';
import { SideInputs } from './side-inputs.tsx';

const CUSTOM = '\u0000custom';

/** A named size, or width and height in pixels. */
export function SizeField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const custom = isJsonObject(value) ? value : null;
  const preset = field.presets.find((known) => known.value === value);
  const describedBy = useDescribedBy(problems);
  // Custom begins at what was chosen before, so that only the change is typed.
  const begin = { width: preset?.width ?? 1024, height: preset?.height ?? 768 };
  const options = [
    ...field.presets.map((known) => ({
      value: known.value,
      label: known.label,
      ...(known.width === undefined || known.height === undefined
        ? {}
        : { aside: `${known.width} × ${known.height}` }),
    })),
    { value: CUSTOM, label: 'Custom' },
  ];
  const named = field.presets.length > 0;
  return (
    <FieldRow field={field} problems={problems} value={value} onChange={onChange} inline={named}>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        {named && (
          <Select
            label={field.label}
            describedBy={describedBy}
            invalid={problems.length > 0}
            options={options}
            value={custom === null ? (preset?.value ?? null) : CUSTOM}
            placeholder="auto"
            onChange={(next) => onChange(next === CUSTOM ? begin : next)}
            {...(field.required || field.default !== undefined ? {} : { onClear: () => onChange(undefined) })}
            className="w-full"
          />
        )}
        {(custom !== null || !named) && (
          <SideInputs
            field={field}
            size={custom ?? {}}
            invalid={problems.length > 0}
            describedBy={describedBy}
            onChange={(size) => onChange(named || Object.keys(size).length > 0 ? size : undefined)}
          />
        )}
      </div>
    </FieldRow>
  );
}
