import type { Field } from './field.ts';

/**
 * The fields of one object, those that take files called after what they take: "Image URL" is how it travels, "Image" is
 * what it is. Where that would call two fields the same, both keep what they were called.
 */
export function withFileLabels(fields: readonly Field[]): readonly Field[] {
  const shortened = fields.map(shortLabel);
  return fields.map((field, i) => {
    const label = shortened[i] ?? field.label;
    const taken = shortened.filter((other) => other === label).length > 1;
    if (label === field.label || taken) return field;
    if (field.kind !== 'list') return { ...field, label };
    return { ...field, label, item: { ...field.item, label: withoutUrl(field.item.label) } };
  });
}

function shortLabel(field: Field): string {
  if (field.kind === 'file') return withoutUrl(field.label);
  if (field.kind === 'list' && field.item.kind === 'file') return listLabel(field.label);
  return field.label;
}

function withoutUrl(label: string): string {
  return label.replace(/(?<=\S) ur[li]s?$/i, '');
}

/** "Image URLs" -> "Images": the plural goes over to what stays. */
function listLabel(label: string): string {
  const short = withoutUrl(label);
  return short === label || /s$|media$|data$/i.test(short) || !/s$/i.test(label) ? short : `${short}s`;
}
