import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { JsonEditor } from '../fields/json-editor.tsx';
import { UnreadContext } from '../fields/unread.ts';
import { useRequests } from '../stores/requests.ts';
import type { FormState } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { FormView } from './form-view.tsx';

const TABS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
] as const;
const NOTHING: JsonObject = {};
const NONE_UNREAD: Readonly<Record<string, string>> = {};

export type RequestViewName = (typeof TABS)[number]['value'];

interface RequestPanelProps {
  readonly endpointId: string;
  /** The seed to hold on to. */
  readonly lastSeed: number | bigint | null;
  readonly view: RequestViewName;
  readonly onView: (view: RequestViewName) => void;
  /** Under it: what sends the request. */
  readonly bar: ReactNode;
}

/** One request, seen as a form or as JSON, and what sends it. */
export function RequestPanel(props: RequestPanelProps): ReactNode {
  const { endpointId, lastSeed, view, onView, bar } = props;
  const form = useRequests((state) => state.forms[endpointId]) ?? { kind: 'loading' };
  const replace = useRequests((state) => state.replace);
  const texts = useRequests((state) => state.unread[endpointId]) ?? NONE_UNREAD;
  const setUnread = useRequests((state) => state.setUnread);
  const unread = useMemo(
    () => ({ texts, set: (name: string, text: string | null) => setUnread(endpointId, name, text) }),
    [texts, setUnread, endpointId],
  );
  return (
    <UnreadContext value={unread}>
      <section
        aria-label="Request"
        className="flex min-h-0 flex-col border-r border-line bg-panel max-[720px]:min-h-96 max-[720px]:shrink-0"
      >
        <Tabs
          label="Views of the request"
          tabs={TABS}
          value={view}
          onChange={onView}
          aside={
            <Button look="quiet" className="h-7 px-2" onClick={() => replace(endpointId, {})}>
              Reset
            </Button>
          }
        >
          {view === 'form' ? (
            <FormPane form={form} endpointId={endpointId} lastSeed={lastSeed} />
          ) : (
            <JsonPane form={form} endpointId={endpointId} />
          )}
        </Tabs>
        {bar}
      </section>
    </UnreadContext>
  );
}

interface PaneProps {
  readonly form: FormState;
  readonly endpointId: string;
}

function FormPane({
  form,
  endpointId,
  lastSeed,
}: PaneProps & Pick<RequestPanelProps, 'lastSeed'>): ReactNode {
  const reload = useRequests((state) => state.reload);
  switch (form.kind) {
    case 'loading':
      return <State title="Reading the model's schema…" />;
    case 'form':
      return <FormView form={form.form} endpointId={endpointId} lastSeed={lastSeed} />;
    case 'unreadable':
      return (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
          <p className="text-soft">{form.reason} Write the request as JSON; fal checks it when it runs.</p>
          <RequestJson endpointId={endpointId} form={form} />
        </div>
      );
    case 'failed':
      return (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
          <ErrorNote
            error={form.error}
            action={<Button onClick={() => void reload(endpointId)}>Try again</Button>}
          />
          <p className="text-soft">Until the schema is there, the request can be written as JSON.</p>
          <RequestJson endpointId={endpointId} form={form} />
        </div>
      );
    default:
      return assertNever(form);
  }
}

function JsonPane({ form, endpointId }: PaneProps): ReactNode {
  return (
    <div className="flex min-h-0 flex-1 flex-col p-4">
      <RequestJson endpointId={endpointId} form={form} />
    </div>
  );
}

/** The request as it will be sent; what is changed here is changed in the form. */
function RequestJson({ form, endpointId }: PaneProps): ReactNode {
  const draft = useRequests((state) => state.drafts[endpointId]) ?? NOTHING;
  const replace = useRequests((state) => state.replace);
  const request = form.kind === 'form' ? buildRequest(form.form, draft) : draft;
  return (
    <JsonEditor
      aria-label="Request as JSON"
      name=""
      value={request}
      refuse={(value) => (isJsonObject(value) ? null : 'a request is an object, in braces')}
      onValue={(value) => replace(endpointId, isJsonObject(value) ? value : {})}
      className="min-h-40 flex-1"
    />
  );
}
