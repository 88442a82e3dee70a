import { ChevronRight } from 'lucide-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Field, ModelForm } from '../../shared/schema/field.ts';
import { messagesWithin } from '../../shared/schema/place-errors.ts';
import { changedCount, valueOf } from '../../shared/schema/request.ts';
import { FieldView } from '../fields/field-view.tsx';
import { SiblingsContext } from '../fields/siblings.ts';
import { useRequests } from '../stores/requests.ts';
import { cx } from '../ui/cx.ts';

interface FormViewProps {
  readonly form: ModelForm;
  readonly endpointId: string;
  /** The seed of the result in sight, as the model reported it. */
  readonly lastSeed: number | bigint | null;
}

const NOTHING: JsonObject = {};

/** The model's fields: what matters in sight, the rest one click away. */
export function FormView({ form, endpointId, lastSeed }: FormViewProps): ReactNode {
  const draft = useRequests((state) => state.drafts[endpointId]) ?? NOTHING;
  const complaints = useRequests((state) => state.complaints[endpointId]);
  const set = useRequests((state) => state.set);
  const [unfolded, setUnfolded] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const foldId = useId();

  const primary = form.fields.filter((field) => !field.advanced);
  const advanced = form.fields.filter((field) => field.advanced);
  const messagesOf = (field: Field): readonly string[] =>
    complaints === undefined ? [] : messagesWithin(complaints.byField, [field.name]);
  const open = unfolded || primary.length === 0;
  const changed = changedCount(advanced, draft);

  // A refusal leads to the first field it names, wherever that is; not away from one that is being typed in.
  const refusals = useRequests((state) => state.refusals);
  const refusedBy = useRequests((state) => state.refusedBy);
  const lead = useEffectEvent(() => {
    const first = form.fields.find((field) => messagesOf(field).length > 0);
    if (first === undefined) return;
    requestAnimationFrame(() => {
      if (first.advanced) setUnfolded(true);
      requestAnimationFrame(() => focusField(area.current, first.name, refusedBy));
    });
  });
  useEffect(() => {
    if (refusals > 0) lead();
  }, [refusals]);

  const view = (field: Field): ReactNode => (
    <FieldView
      key={field.name}
      field={field}
      value={valueOf(field, draft)}
      lastSeed={lastSeed}
      problems={messagesOf(field)}
      onChange={(value: JsonValue | undefined) => set(endpointId, field.name, value)}
    />
  );

  return (
    <div ref={area} className="@container min-h-0 flex-1 space-y-3 overflow-y-auto px-4 py-3">
      {complaints !== undefined && complaints.rest.length > 0 && (
        <div role="alert" className="rounded-md bg-danger-wash px-3 py-2 text-danger">
          {complaints.rest.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      {form.fields.length === 0 && <p className="text-soft">This model takes no input.</p>}
      <SiblingsContext value={draft}>{primary.map(view)}</SiblingsContext>
      {advanced.length > 0 && primary.length > 0 && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={foldId}
          onClick={() => setUnfolded(!open)}
          className="-mx-1.5 flex h-8 items-center gap-1.5 rounded-md px-1.5 text-soft hover:bg-hover hover:text-text"
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={cx('transition-transform duration-120', open && 'rotate-90')}
          />
          {open ? 'Fewer' : `${advanced.length} more`}
          {changed > 0 && (
            <span className="tabular rounded-sm bg-hover px-1.5 text-xs">{changed} changed</span>
          )}
        </button>
      )}
      <div id={foldId} className="space-y-3">
        <SiblingsContext value={draft}>{open && advanced.map(view)}</SiblingsContext>
      </div>
    </div>
  );
}

/** Shows a field and gives it the focus; an answer that came later does not take it from a text being written. */
function focusField(area: HTMLElement | null, name: string, refusedBy: 'window' | 'fal'): void {
  const rows = [...(area?.querySelectorAll('[data-field]') ?? [])];
  const row = rows.find((element) => element.getAttribute('data-field') === name);
  row?.scrollIntoView({ block: 'nearest' });
  const writing =
    area?.contains(document.activeElement) === true && document.activeElement?.matches('textarea, input');
  if (refusedBy === 'fal' && writing) return;
  row
    ?.querySelector<HTMLElement>('textarea, input, [role="combobox"], [role="switch"], button[aria-pressed]')
    ?.focus();
}
