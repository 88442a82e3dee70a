import { CloudOff, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { readName } from '../../shared/fal/paste/address.ts';
import { assertNever } from '../../shared/result.ts';
import { useApp } from '../stores/app.ts';
import { useModels } from '../stores/models.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { keysText } from '../ui/kbd.tsx';
import { State } from '../ui/state.tsx';
import { showRequest } from './take-paste.ts';
import { NO_FILTERS } from './use-browsing.ts';
import type { Browsing } from './use-browsing.ts';

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The catalogue could not be read, and what is shown is the one from before. */
export function StaleNote(): ReactNode {
  const error = useModels((state) => state.error);
  const some = useModels((state) => state.models.length > 0);
  const readAt = useModels((state) => state.readAt);
  const loading = useModels((state) => state.loading);
  const refresh = useModels((state) => state.refresh);
  if (error === null || !some) return null;
  return (
    <div role="alert" className="flex items-center gap-2.5 border-b border-line bg-hover px-4 py-1.5">
      <CloudOff size={14} aria-hidden className="shrink-0 text-soft" />
      <p className="min-w-0 flex-1 text-soft">
        {error.title}. These are the models{readAt === null ? ' from before' : ` of ${WHEN.format(readAt)}`};
        those opened before have their forms.
      </p>
      <Button className="h-7" disabled={loading} onClick={() => void refresh()}>
        <RefreshCw size={14} aria-hidden />
        Try again
      </Button>
    </div>
  );
}

/** In the list's place while there is nothing in it. */
export function NothingHere({ browsing }: { readonly browsing: Browsing }): ReactNode {
  const none = useModels((state) => state.models.length === 0);
  const loading = useModels((state) => state.loading);
  const error = useModels((state) => state.error);
  const refresh = useModels((state) => state.refresh);
  if (none && loading)
    return <State title="Reading the catalogue…" text="A model can be opened by its id meanwhile." />;
  if (none && error !== null)
    return (
      <div className="m-auto p-6">
        <ErrorNote error={error} action={<Button onClick={() => void refresh()}>Try again</Button>} />
        <p className="pt-3 text-soft">A model can be opened by its id all the same: write it above.</p>
      </div>
    );
  const { filters, change, query } = browsing;
  const name = readName(query);
  if (name?.kind === 'request')
    return (
      <State
        title="This is the id of a request"
        action={
          <Button
            onClick={() => {
              useApp.getState().openPicker(false);
              showRequest(name);
            }}
          >
            Show or follow it
          </Button>
        }
      />
    );
  const narrowed = whyNothing(browsing);
  if (narrowed === null)
    return (
      <State
        title="No model is called that"
        text="Paste its whole id, such as fal-ai/flux/dev, to open it all the same."
      />
    );
  return (
    <State
      title={narrowed}
      text={
        filters.shelf.kind === 'starred' && query === ''
          ? `Star a model with ${keysText('Mod+D')}, and it is found here.`
          : undefined
      }
      action={
        <Button onClick={() => change({ ...NO_FILTERS, order: filters.order })}>Show all models</Button>
      }
    />
  );
}

/** Which filter leaves nothing over; null where no filter does. */
function whyNothing({ filters, query, hidden }: Browsing): string | null {
  const here = query === '' ? '' : ' fits';
  const { shelf, price } = filters;
  if (price.kind !== 'any') return 'No model with such a price is known yet';
  if (hidden > 0) return `${hidden} deprecated ${hidden === 1 ? 'model is' : 'models are'} hidden`;
  switch (shelf.kind) {
    case 'all':
      return null;
    case 'starred':
      return query === '' ? 'No model is starred yet' : 'No starred model fits';
    case 'recent':
      return query === '' ? 'No model was opened yet' : 'None of the last models fits';
    case 'realtime':
      return `No realtime model${here === '' ? ' is here' : here}`;
    case 'category':
      return `No ${shelf.category} model${here === '' ? ' is here' : here}`;
    default:
      return assertNever(shelf);
  }
}
