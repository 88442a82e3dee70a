import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Field } from '../../shared/schema/field.ts';
import { ChoiceField } from './choice-field.tsx';
import type { ControlProps } from './field-row.tsx';
import { FileField } from './file-field.tsx';
import { JsonField } from './json-field.tsx';
import { NumberField } from './number-field.tsx';
import { SeedField } from './seed-field.tsx';
import { SizeField } from './size-field.tsx';
import { SwitchField } from './switch-field.tsx';
import { TextField } from './text-field.tsx';

interface FieldViewProps extends ControlProps<Field> {
  readonly lastSeed: number | bigint | null;
}

/** The control for a field's kind. */
export function FieldView({ field, lastSeed, ...rest }: FieldViewProps): ReactNode {
  switch (field.kind) {
    case 'text':
      return <TextField field={field} {...rest} />;
    case 'file':
      return <FileField field={field} {...rest} />;
    case 'number':
      return <NumberField field={field} {...rest} />;
    case 'choice':
      return <ChoiceField field={field} {...rest} />;
    case 'switch':
      return <SwitchField field={field} {...rest} />;
    case 'seed':
      return <SeedField field={field} lastSeed={lastSeed} {...rest} />;
    case 'size':
      return <SizeField field={field} {...rest} />;
    case 'list':
    case 'object':
    case 'map':
    case 'tuple':
    case 'json':
      return <JsonField field={field} {...rest} />;
    default:
      return assertNever(field);
  }
}
