import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import { UnreadContext } from '../fields/unread.ts';
import { useRequests } from '../stores/requests.ts';
import type { FormState } from '../stores/requests.ts';
import { RequestOptions } from '../options/request-options.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { beginWith } from './begin-with.ts';
import { CarryOffer } from './carry-offer.tsx';
import { CopyButton } from './copy-button.tsx';
import { FormView } from './form-view.tsx';
import { HoldsSwitch } from './holds-switch.tsx';
import { PresetsMenu } from './presets-menu.tsx';
import { RequestCode } from './request-code.tsx';
import { textInSight } from './request-in-sight.ts';
import { RequestJson } from './request-json.tsx';

const TABS = [
  { value: 'form', label: 'Form' },
  { value: 'json', label: 'JSON' },
  { value: 'code', label: 'Code' },
] as const;
const NONE_UNREAD: Readonly<Record<string, string>> = {};

export type RequestViewName = (typeof TABS)[number]['value'];

interface RequestPanelProps {
  readonly endpointId: string;
  /** How the screen asks the model. */
  readonly way: 'queue' | 'realtime';
  /** The seed to hold on to. */
  readonly lastSeed: number | bigint | null;
  readonly view: RequestViewName;
  readonly onView: (view: RequestViewName) => void;
  /** Under it: what sends the request. */
  readonly bar: ReactNode;
}

/** One request, seen as a form, as JSON or as code, and what sends it. */
export function RequestPanel(props: RequestPanelProps): ReactNode {
  const { endpointId, way, lastSeed, view, onView, bar } = props;
  const form = useRequests((state) => state.forms[endpointId]) ?? { kind: 'loading' };
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
            <div className="flex items-center">
              <PresetsMenu endpointId={endpointId} form={form} />
              <IconButton
                label="Reset"
                side="bottom"
                onClick={() => beginWith(endpointId, {}, 'Everything is at its default again')}
              >
                <RotateCcw size={14} aria-hidden />
              </IconButton>
            </div>
          }
        >
          {view === 'form' ? (
            <FormPane
              form={form}
              endpointId={endpointId}
              lastSeed={lastSeed}
              end={way === 'queue' && <RequestOptions endpointId={endpointId} />}
              onJson={() => onView('json')}
            />
          ) : view === 'json' ? (
            <JsonPane endpointId={endpointId} />
          ) : (
            <RequestCode endpointId={endpointId} way={way} onJson={() => onView('json')} />
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

interface FormPaneProps extends PaneProps, Pick<RequestPanelProps, 'lastSeed'> {
  /** Under the request. */
  readonly end: ReactNode;
  readonly onJson: () => void;
}

function FormPane({ form, endpointId, lastSeed, end, onJson }: FormPaneProps): ReactNode {
  const reload = useRequests((state) => state.reload);
  const mistyped = useRequests((state) => state.unread[endpointId]?.['']) !== undefined;
  const setUnread = useRequests((state) => state.setUnread);
  switch (form.kind) {
    case 'loading':
      return <State title="Reading the model's schema…" />;
    case 'form':
      // What is changed here would be lost once the text can be read.
      if (mistyped)
        return (
          <State
            title="What is typed as JSON cannot be read yet"
            text="The form shows the request again once it can, or without that text."
            action={
              <>
                <Button onClick={onJson}>Show the JSON</Button>
                <Button onClick={() => setUnread(endpointId, '', null)}>Discard the text</Button>
              </>
            }
          />
        );
      return (
        <>
          <CarryOffer key={endpointId} endpointId={endpointId} />
          <FormView form={form.form} endpointId={endpointId} lastSeed={lastSeed} end={end} />
        </>
      );
    case 'unreadable':
      return (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
          <p className="text-soft">{form.reason} Write the request as JSON; fal checks it when it runs.</p>
          <RequestJson endpointId={endpointId} />
          {end}
        </div>
      );
    case 'failed':
      return (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
          {form.error.kind === 'not_found' ? (
            // A private app has none: nothing went wrong.
            <div className="flex items-start gap-3">
              <p className="min-w-0 flex-1 text-soft">
                {form.error.title}: it may be private. Write the request as JSON; fal checks it when it runs.
              </p>
              <Button onClick={() => void reload(endpointId)}>Try again</Button>
            </div>
          ) : (
            <>
              <ErrorNote
                error={form.error}
                action={<Button onClick={() => void reload(endpointId)}>Try again</Button>}
              />
              {form.error.kind !== 'protocol' && (
                // What is wrong with the schema itself says so already.
                <p className="text-soft">Until the schema is there, the request can be written as JSON.</p>
              )}
            </>
          )}
          <RequestJson endpointId={endpointId} />
          {end}
        </div>
      );
    default:
      return assertNever(form);
  }
}

function JsonPane({ endpointId }: Pick<PaneProps, 'endpointId'>): ReactNode {
  return (
    <div className="@container flex min-h-0 flex-1 flex-col gap-2 px-4 py-3">
      <div className="flex items-center justify-between">
        <HoldsSwitch />
        <CopyButton label="Copy the request" done="Request copied" text={() => textInSight(endpointId)} />
      </div>
      <RequestJson endpointId={endpointId} />
    </div>
  );
}
