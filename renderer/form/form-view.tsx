import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { ModelForm } from '../../shared/schema/field.ts';
import { own } from '../../shared/schema/node.ts';
import { pathOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { FieldView } from '../fields/field-view.tsx';
import { fieldElement, focusWithin } from '../fields/focus-row.ts';
import { GroupFields, OtherKeys } from '../fields/group-fields.tsx';
import { DrawContext } from '../fields/inner-field.tsx';
import { FormContext } from '../fields/place.ts';
import type { FieldViewProps } from '../fields/place.ts';
import { useFolds } from '../stores/folds.ts';
import { useRequests } from '../stores/requests.ts';
import { ProblemCount } from './problem-count.tsx';
import { useLeft } from './use-left.ts';

interface FormViewProps {
  readonly form: ModelForm;
  readonly endpointId: string;
  /** The seed of the result in sight, as the model reported it. */
  readonly lastSeed: number | bigint | null;
  /** Under the fields. */
  readonly end: ReactNode;
}

const NOTHING: JsonObject = {};
const TOP: Path = [];
const drawField = (props: FieldViewProps): ReactNode => <FieldView {...props} />;

/** The model's fields: what matters in sight, the rest one click away. */
export function FormView({ form, endpointId, lastSeed, end }: FormViewProps): ReactNode {
  const draft = useRequests((state) => state.drafts[endpointId]) ?? NOTHING;
  const rest = useRequests((state) => state.complaints[endpointId]?.rest) ?? [];
  const leave = useRequests((state) => state.leave);
  // What was refused has to be there to lead to.
  const [unmarked] = useState(() => !useRequests.getState().complaints[endpointId]?.byField.size);
  const area = useRef<HTMLDivElement>(null);
  const facts = useMemo(() => ({ endpointId, lastSeed }), [endpointId, lastSeed]);
  const onBlur = useLeft((place) => leave(endpointId, place));

  // A refusal leads to the first field it names, wherever that is; not away from one that is being typed in.
  const refusals = useRequests((state) => state.refusals);
  const refusedBy = useRequests((state) => state.refusedBy);
  const led = useRef(refusals);
  const lead = useEffectEvent(() => {
    // Whoever comes back to the form was led there once.
    if (led.current === refusals) return;
    led.current = refusals;
    const marked = [...(useRequests.getState().complaints[endpointId]?.byField.keys() ?? [])];
    const topOf = (place: string): number => form.fields.findIndex(({ name }) => name === nameIn(place));
    const [first] = marked.toSorted((a, b) => topOf(a) - topOf(b));
    if (first === undefined) return;
    useFolds.getState().reveal(endpointId, form, first);
    requestAnimationFrame(() => focusField(area.current, first, refusedBy));
  });
  useEffect(() => lead(), [refusals]);

  const setOthers = (object: JsonObject): void => {
    const { set } = useRequests.getState();
    const fields = new Set(form.fields.map(({ name }) => name));
    for (const name of new Set([...Object.keys(draft), ...Object.keys(object)]))
      if (!fields.has(name) && !sameJson(own(draft, name), own(object, name)))
        set(endpointId, [name], own(object, name));
  };

  return (
    <FormContext value={facts}>
      <DrawContext value={drawField}>
        <div
          ref={area}
          onBlur={onBlur}
          className="@container min-h-0 flex-1 space-y-3 overflow-y-auto px-4 py-3"
        >
          {rest.length > 0 && (
            <div role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-danger">
              {rest.map((problem) => (
                <p key={problem}>{problem}</p>
              ))}
            </div>
          )}
          {form.fields.length === 0 && <p className="text-soft">This model takes no input.</p>}
          <GroupFields fields={form.fields} path={TOP} object={draft} gradually={unmarked} />
          <OtherKeys fields={form.fields} object={draft} onChange={setOthers} />
          {end}
          <ProblemCount form={form} endpointId={endpointId} />
        </div>
      </DrawContext>
    </FormContext>
  );
}

/** The name of the request's own field that a place lies in. */
const nameIn = (place: string): string => String(pathOf(place)[0] ?? '');

/** Shows a field and gives it the focus; an answer that came later does not take it from a text being written. */
function focusField(area: HTMLElement | null, place: string, refusedBy: 'window' | 'fal'): void {
  const field = fieldElement(area, place);
  field?.scrollIntoView({ block: 'nearest' });
  const writing =
    area?.contains(document.activeElement) === true && document.activeElement?.matches('textarea, input');
  if (refusedBy === 'fal' && writing) return;
  focusWithin(field);
}
