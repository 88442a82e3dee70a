import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { planModels } from '../../shared/batch/plan.ts';
import type { BatchModel, BatchStart } from '../../shared/batch/plan.ts';
import { carryOver } from '../../shared/schema/carry.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { assertNever } from '../../shared/result.ts';
import { listed } from '../form/carried.ts';
import { useAsked } from '../stores/asked.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { useRequests } from '../stores/requests.ts';
import type { FormState } from '../stores/requests.ts';
import { IconButton } from '../ui/button.tsx';
import { Finder } from '../ui/finder.tsx';
import { priceWords } from '../viewers/words.ts';
import { BatchFooter } from './batch-footer.tsx';

/** More columns would be too narrow to compare anything. */
const MOST_MODELS = 6;

interface ModelsSheetProps {
  readonly start: BatchStart;
  readonly onDone: () => void;
}

/** The request and what of it carries over, on several models at once. */
export function ModelsSheet({ start, onDone }: ModelsSheetProps): ReactNode {
  const { endpointId } = start;
  const [others, setOthers] = useState<readonly string[]>([]);
  const forms = useRequests((state) => state.forms);
  const options = useCandidates(endpointId, others);
  useForms(others);
  const ready = useMemo(
    () =>
      others.flatMap((id): readonly BatchModel[] => {
        const form = forms[id];
        return form?.kind === 'form' ? [{ endpointId: id, form: form.form }] : [];
      }),
    [others, forms],
  );
  const plan = useMemo(() => planModels(start, ready), [start, ready]);
  return (
    <>
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto p-4">
        <ul aria-label="Models" className="divide-y divide-line rounded-md border border-line">
          <ModelRow endpointId={endpointId} said="The request as it is" />
          {others.map((id) => (
            <ModelRow
              key={id}
              endpointId={id}
              said={carriedWords(start, forms[id])}
              onRemove={() => setOthers(others.filter((other) => other !== id))}
            />
          ))}
        </ul>
        {others.length + 1 < MOST_MODELS ? (
          <Finder
            label="Add a model"
            placeholder="Add a model"
            options={options}
            value={null}
            onChange={(id) => setOthers([...others, id])}
            className="w-full"
          />
        ) : (
          <p className="text-soft">No more than {MOST_MODELS} stand side by side.</p>
        )}
      </div>
      <BatchFooter
        endpointId={endpointId}
        kind="models"
        plan={plan}
        missing={
          others.length === 0
            ? 'Add a model to compare with'
            : ready.length < others.length
              ? 'Not every form is there'
              : null
        }
        onDone={onDone}
      />
    </>
  );
}

interface ModelRowProps {
  readonly endpointId: string;
  readonly said: string;
  readonly onRemove?: () => void;
}

function ModelRow({ endpointId, said, onRemove }: ModelRowProps): ReactNode {
  const price = useModels((state) => state.prices[endpointId]);
  return (
    <li className="flex min-h-12 items-center gap-3 py-1.5 pr-2 pl-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-mono text-xs text-text">{endpointId}</p>
        <p className="truncate text-soft">{said}</p>
      </div>
      {price != null && <p className="tabular shrink-0 text-faint">{priceWords(price)}</p>}
      {onRemove !== undefined && (
        <IconButton label={`Leave out ${endpointId}`} onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

function carriedWords(start: BatchStart, to: FormState | undefined): string {
  switch (to?.kind) {
    case undefined:
    case 'loading':
      return 'Its form is being read…';
    case 'failed':
      return to.error.title;
    case 'unreadable':
      return 'It takes any JSON, so that nothing carries over';
    case 'form': {
      const names = Object.keys(carryOver(start.form, start.input, to.form));
      const labels = names.map((name) =>
        inSentence(to.form.fields.find((field) => field.name === name)?.label ?? name),
      );
      return labels.length === 0 ? 'Nothing carries over' : `Takes over ${listed(labels)}`;
    }
    default:
      return assertNever(to);
  }
}

/** The models to choose among: those of the same kind first, and of these the ones a person knows. */
function useCandidates(
  endpointId: string,
  taken: readonly string[],
): readonly { readonly value: string; readonly label: string }[] {
  const models = useModels((state) => state.models);
  const category = useModels((state) => state.byId.get(endpointId)?.category);
  const starred = useMarks((state) => state.starred);
  const recent = useMarks((state) => state.recent);
  return useMemo(() => {
    const known = new Map([...starred, ...recent].map((id) => [id, 1]));
    const rank = (id: string, of: string): number => (of === category ? 2 : 0) + (known.get(id) ?? 0);
    return models
      .filter((model) => !model.deprecated && model.endpointId !== endpointId)
      .filter((model) => !taken.includes(model.endpointId))
      .map((model) => ({ id: model.endpointId, rank: rank(model.endpointId, model.category) }))
      .toSorted((a, b) => b.rank - a.rank)
      .map(({ id }) => ({ value: id, label: id }));
  }, [models, category, starred, recent, endpointId, taken]);
}

/** Has the forms read of which nothing is here yet. */
function useForms(ids: readonly string[]): void {
  useEffect(() => {
    for (const id of ids) {
      if (useRequests.getState().forms[id]?.kind !== 'form') void useRequests.getState().reload(id);
      void useModels.getState().loadPrice(id);
      void useAsked.getState().load(id);
    }
  }, [ids]);
}
