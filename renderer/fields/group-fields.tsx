import { useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { changedCount, valueOf } from '../../shared/schema/request.ts';
import { focusWithin } from './focus-row.ts';
import { FoldButton } from './fold-button.tsx';
import { InnerField } from './inner-field.tsx';
import { JsonEditor } from './json-editor.tsx';
import { within } from './place.ts';
import { SiblingsContext } from './siblings.ts';
import { useDrawn } from './use-drawn.ts';
import { useFold } from './use-fold.ts';

interface GroupFieldsProps {
  readonly fields: readonly Field[];
  readonly path: Path;
  /** What the fields belong to: the request itself, a group, an item. */
  readonly object: JsonObject;
  /** There is something in sight without them. */
  readonly beside?: boolean;
  /** The first screenful is drawn before the rest. */
  readonly gradually?: boolean;
}

/** The fields of one object: what matters in sight, the rest one click away. */
export function GroupFields(props: GroupFieldsProps): ReactNode {
  const { fields, path, object, beside = false, gradually = false } = props;
  const primary = fields.filter((field) => !field.advanced);
  const advanced = fields.filter((field) => field.advanced);
  const [unfolded, setUnfolded] = useFold(pointerOf(path), '#more', false);
  const foldId = useId();
  const foldable = advanced.length > 0 && (beside || primary.length > 0);
  const open = unfolded || !foldable;
  const drawn = useDrawn(fields.length, !gradually);
  const changed = changedCount(advanced, object);
  const view = (field: Field): ReactNode => (
    <InnerField
      key={field.name}
      field={field}
      path={within(path, field.name)}
      value={valueOf(field, object)}
    />
  );
  return (
    <>
      <SiblingsContext value={object}>{primary.slice(0, drawn).map(view)}</SiblingsContext>
      {foldable && (
        <FoldButton open={open} onOpen={setUnfolded} controls={foldId} className="text-soft">
          {open ? 'Fewer' : `${advanced.length} more`}
          {changed > 0 && (
            <span className="tabular rounded-sm bg-hover px-1.5 text-xs">{changed} changed</span>
          )}
        </FoldButton>
      )}
      {advanced.length > 0 && (
        <div id={foldId} hidden={!open} className="space-y-3">
          <SiblingsContext value={object}>
            {open && advanced.slice(0, Math.max(0, drawn - primary.length)).map(view)}
          </SiblingsContext>
        </div>
      )}
    </>
  );
}

interface OtherKeysProps {
  readonly fields: readonly Field[];
  readonly object: JsonObject;
  readonly onChange: (object: JsonObject) => void;
}

/** What a group holds beyond its fields: kept, shown, and written as JSON. */
export function OtherKeys({ fields, object, onChange }: OtherKeysProps): ReactNode {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const names = new Set(fields.map(({ name }) => name));
  const part = (known: boolean): JsonObject =>
    Object.fromEntries(Object.entries(object).filter(([key]) => names.has(key) === known));
  const others = part(false);
  if (Object.keys(others).length === 0) return null;
  const change = (value: JsonValue | undefined): void => {
    const next = isJsonObject(value) ? value : {};
    const around = box.current?.parentElement;
    flushSync(() => onChange({ ...part(true), ...next }));
    // Without any there is no box, and the focus would be nowhere.
    if (Object.keys(next).every((key) => names.has(key))) focusWithin(around);
  };
  return (
    <div ref={box}>
      <label htmlFor={id} className="flex min-h-6 items-center pb-1 text-soft">
        Other keys
      </label>
      <JsonEditor
        id={id}
        part="#others"
        value={others}
        refuse={(value: JsonValue) => (isJsonObject(value) ? null : 'these are keys and values, in braces')}
        onValue={change}
        className="field-sizing-content max-h-60 min-h-14"
      />
    </div>
  );
}
