import { Fragment, useMemo } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { valueOf } from '../../shared/schema/request.ts';
import { LoraTools } from '../shelf/lora-tools.tsx';
import { GroupFields } from './group-fields.tsx';
import { InnerField } from './inner-field.tsx';
import { within } from './place.ts';

const MAIN: readonly string[] = ['path', 'scale'];

/** Weights: where they are and how strongly they count, in sight; all else under "more". */
export function LoraFields({ fields, path, object }: ComponentProps<typeof GroupFields>): ReactNode {
  const first = MAIN.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const rest = useMemo(
    () =>
      fields
        .filter(({ name }) => !MAIN.includes(name))
        .map((field) => ({ ...field, advanced: !field.required })),
    [fields],
  );
  return (
    <>
      {first.map((field) => (
        <Fragment key={field.name}>
          <InnerField
            field={field}
            path={within(path, field.name)}
            value={valueOf(field, object)}
            look={field.name === 'path' ? 'bare' : 'tight'}
          />
          {field.name === 'path' && <LoraTools fields={fields} path={path} object={object} />}
        </Fragment>
      ))}
      <GroupFields fields={rest} path={path} object={object} beside />
    </>
  );
}
