import { useContext } from 'react';
import type { ReactNode } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ObjectField as Field } from '../../shared/schema/field.ts';
import { changedCount } from '../../shared/schema/request.ts';
import { Switch } from '../ui/switch.tsx';
import { Group } from './group.tsx';
import { GroupFields, OtherKeys } from './group-fields.tsx';
import { LoraFields } from './lora-fields.tsx';
import type { NestedProps } from './nestable.ts';
import { PlaceContext } from './place.ts';
import { useFold } from './use-fold.ts';

const NOTHING: JsonObject = {};

/** A group of fields; one that may be left out is put on and off. */
export function ObjectField(props: NestedProps<Field>): ReactNode {
  const { field, path, value, problems, onChange } = props;
  const place = useContext(PlaceContext);
  const [, setOpen] = useFold(place, '', true);
  const on = isJsonObject(value) || (field.required && !field.nullable);
  const object = isJsonObject(value) ? value : NOTHING;
  const off = offValue(field);
  const changed = changedCount(field.fields, object);
  const body = <ObjectBody field={field} path={path} object={object} onChange={onChange} />;
  return (
    <Group
      field={field}
      problems={problems}
      foldable={on}
      initiallyOpen={on && (field.required || value !== field.default)}
      summary={changed > 0 ? `${changed} changed` : ''}
      aside={
        off !== null && (
          <Switch
            label={`Use ${field.label}`}
            checked={on}
            onChange={(next) => {
              setOpen(next);
              onChange(next ? NOTHING : off.value);
            }}
          />
        )
      }
    >
      {body}
    </Group>
  );
}

interface ObjectBodyProps extends Pick<NestedProps<Field>, 'field' | 'path' | 'onChange'> {
  readonly object: JsonObject;
}

/** The fields of a group, without its name. */
function ObjectBody({ field, path, object, onChange }: ObjectBodyProps): ReactNode {
  const Fields = field.role === 'lora' ? LoraFields : GroupFields;
  return (
    <div className="@container space-y-2 pb-1">
      <Fields fields={field.fields} path={path} object={object} />
      <OtherKeys fields={field.fields} object={object} onChange={onChange} />
    </div>
  );
}

/** What a group is when it is off: left out, or null where leaving it out would mean its default. Null if it cannot be. */
function offValue({
  required,
  nullable,
  default: preset,
}: Field): { readonly value: null | undefined } | null {
  if (isJsonObject(preset) || required) return nullable ? { value: null } : null;
  return { value: undefined };
}
