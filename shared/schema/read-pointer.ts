import { innerField } from './draft.ts';
import type { Field, ModelForm } from './field.ts';
import { inSentence } from './labels.ts';
import type { Path } from './path.ts';

/** One step of the way to a value: the key or index, and the field it leads to where there is one. */
export interface Step {
  readonly step: string | number;
  readonly field: Field | undefined;
}

/** The way a JSON pointer leads: an index where the form has a list, a name or key elsewhere. */
export function stepsOf(form: ModelForm, pointer: string): readonly Step[] {
  const steps: Step[] = [];
  for (const text of pointer.split('/').slice(1)) {
    const name = text.replaceAll('~1', '/').replaceAll('~0', '~');
    const outer = steps.at(-1);
    if (outer === undefined) steps.push({ step: name, field: form.fields.find((one) => one.name === name) });
    else {
      const isIndex = outer.field?.kind === 'list' || outer.field?.kind === 'tuple';
      const step = isIndex ? Number(name) : name;
      steps.push({ step, field: outer.field && innerField(outer.field, step) });
    }
  }
  return steps;
}

export function readPointer(form: ModelForm, pointer: string): Path {
  return stepsOf(form, pointer).map(({ step }) => step);
}

/** Where a value is, as a person would say it: "LoRAs, LoRA 2, path". */
export function placeWords(form: ModelForm, pointer: string): string {
  return stepsOf(form, pointer)
    .map(({ step, field }, i, steps) => {
      if (field !== undefined && steps[i - 1]?.field?.kind === 'list')
        return `${field.label} ${Number(step) + 1}`;
      const label =
        field === undefined || (field.name === '' && typeof step === 'string') ? String(step) : field.label;
      return i === 0 ? label : inSentence(label);
    })
    .join(', ');
}
