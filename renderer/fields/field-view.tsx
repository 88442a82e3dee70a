import { memo, useContext } from 'react';
import type { ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import type { Field } from '../../shared/schema/field.ts';
import { startingValue } from '../../shared/schema/items.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import { useRequests } from '../stores/requests.ts';
import { ChoiceField } from './choice-field.tsx';
import type { ControlProps } from './field-row.tsx';
import { FileField } from './file-field.tsx';
import { JsonField } from './json-field.tsx';
import { ListField } from './list-field.tsx';
import { MapField } from './map-field.tsx';
import { isNestable } from './nestable.ts';
import { NumberField } from './number-field.tsx';
import { ObjectField } from './object-field.tsx';
import { FormContext, LookContext, PlaceContext } from './place.ts';
import type { FieldViewProps } from './place.ts';
import { SeedField } from './seed-field.tsx';
import { SizeField } from './size-field.tsx';
import { SwitchField } from './switch-field.tsx';
import { TextField } from './text-field.tsx';
import { TupleField } from './tuple-field.tsx';

const NO_PROBLEMS: readonly string[] = [];
const MAY_HAVE_PARTS: ReadonlySet<Field['kind']> = new Set([
  'size',
  'list',
  'object',
  'map',
  'tuple',
  'json',
]);

/** A field of the form, at any depth. Drawn again when its own value or problems change, and not at each key elsewhere. */
export const FieldView = memo(function FieldView(props: FieldViewProps): ReactNode {
  const { field, path, value, look = 'full' } = props;
  const { endpointId } = useContext(FormContext);
  const place = pointerOf(path);
  const problems = useRequests((state) => state.complaints[endpointId]?.byField.get(place)) ?? NO_PROBLEMS;
  const set = useRequests((state) => state.set);
  const onChange = (next: JsonValue | undefined): void =>
    // An item of a list, or the value of a key, is emptied; it goes only as a row.
    set(endpointId, path, next === undefined && field.name === '' ? startingValue(field) : next);
  return (
    <PlaceContext value={place}>
      <LookContext value={look}>
        <Control field={field} path={path} value={value} problems={problems} onChange={onChange} />
      </LookContext>
    </PlaceContext>
  );
});

/** The control for a field's kind. */
function Control({ field, path, ...rest }: ControlProps<Field> & Pick<FieldViewProps, 'path'>): ReactNode {
  const { lastSeed } = useContext(FormContext);
  // What was written in the JSON view may be anything; it is shown as what it is.
  if (hasParts(rest.value) && !MAY_HAVE_PARTS.has(field.kind)) return <JsonField field={field} {...rest} />;
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
      if (!isNestable(field, rest.value)) return <JsonField field={field} {...rest} />;
      if (field.kind === 'list') return <ListField field={field} path={path} {...rest} />;
      if (field.kind === 'object') return <ObjectField field={field} path={path} {...rest} />;
      if (field.kind === 'map') return <MapField field={field} path={path} {...rest} />;
      return <TupleField field={field} path={path} {...rest} />;
    case 'json':
      return <JsonField field={field} {...rest} />;
    default:
      return assertNever(field);
  }
}

function hasParts(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null;
}
