import { useId } from 'react';
import type { ReactNode } from 'react';
import type { NumberField as Field } from '../../shared/schema/field.ts';
import { cx } from '../ui/cx.ts';
import { Slider } from '../ui/slider.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { NumberInput } from './number-input.tsx';
import { useDescribedBy } from './place.ts';

/** A slider where the limits are sane, and a box to type in always. */
export function NumberField({ field, value, problems, onChange }: ControlProps<Field>): ReactNode {
  const id = useId();
  const describedBy = useDescribedBy(problems);
  const number = typeof value === 'number' ? value : undefined;
  const { min, max } = field;
  return (
    <FieldRow
      field={field}
      controlId={id}
      problems={problems}
      value={value}
      onChange={onChange}
      // A box alone is small: on a line of its own it would stand apart from its name.
      inline={field.slider || 'wide'}
    >
      {field.slider && min !== undefined && max !== undefined && (
        <Slider
          label={field.label}
          value={Math.min(Math.max(number ?? min, min), max)}
          min={min}
          max={max}
          step={field.step}
          onChange={onChange}
        />
      )}
      <NumberInput
        id={id}
        // An item or a place of a list is there or not; it cannot be left out.
        needed={field.name === ''}
        min={field.min}
        max={field.max}
        value={typeof value === 'bigint' ? value : number}
        integer={field.integer}
        step={field.step}
        placeholder="auto"
        aria-invalid={problems.length > 0}
        aria-describedby={describedBy}
        onValue={onChange}
        // Beside a slider it grows with what is in it: 0.00009 is not 0.0000.
        className={cx('text-right', field.slider ? 'field-sizing-content max-w-28 min-w-16' : 'w-28')}
      />
    </FieldRow>
  );
}
