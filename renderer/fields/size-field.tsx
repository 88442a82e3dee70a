import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { SizeField as Field } from '../../shared/schema/field.ts';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { NumberInput } from './number-input.tsx';

const CUSTOM = '\u0000custom';

/** A named size, or width and height in pixels. */
export function SizeField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const custom = isJsonObject(value) ? value : null;
  const preset = field.presets.find((known) => known.value === value);
  const describedBy = problems.length > 0 ? problemsId(field) : undefined;
  const width = sideOf(custom?.['width']);
  const height = sideOf(custom?.['height']);
  // Custom begins at what was chosen before, so that only the change is typed.
  const begin = { width: preset?.width ?? 1024, height: preset?.height ?? 768 };
  const setSide = (side: 'width' | 'height', pixels: number | bigint | undefined): void =>
    onChange({ ...custom, [side]: pixels === undefined ? 0 : Number(pixels) });
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
  return (
    <FieldRow field={field} problems={problems} inline>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        {field.presets.length > 0 && (
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
        {(custom !== null || field.presets.length === 0) && (
          <div className="flex items-center gap-1">
            <NumberInput
              aria-label="Width in pixels"
              name={`${field.name}.width`}
              min={field.minSide}
              max={field.maxSide}
              value={width}
              integer
              step={8}
              onValue={(pixels) => setSide('width', pixels)}
              className="w-0 flex-1"
            />
            <IconButton
              label="Swap width and height"
              onClick={() => onChange({ ...custom, width: height ?? 0, height: width ?? 0 })}
            >
              <ArrowLeftRight size={14} aria-hidden />
            </IconButton>
            <NumberInput
              aria-label="Height in pixels"
              name={`${field.name}.height`}
              min={field.minSide}
              max={field.maxSide}
              value={height}
              integer
              step={8}
              onValue={(pixels) => setSide('height', pixels)}
              className="w-0 flex-1"
            />
          </div>
        )}
      </div>
    </FieldRow>
  );
}

const sideOf = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && value !== 0 ? value : undefined;
