import type { Field } from '../../shared/schema/field.ts';

/** Beside other boxes a slider has no room. */
export function withoutSlider(field: Field): Field {
  return field.kind === 'number' ? { ...field, slider: false } : field;
}
