import { Boxes } from 'lucide-react';
import type { ReactNode } from 'react';
import { TopBar } from '../app/top-bar.tsx';
import { RequestPanel } from '../form/request-panel.tsx';
import { useApp } from '../stores/app.ts';
import { useModels } from '../stores/models.ts';
import { usePlayground } from '../stores/playground.ts';
import { useLastSeed } from '../stores/shown-run.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { ModelBar } from './model-bar.tsx';
import { RunBar } from './run-bar.tsx';
import { ResultPanel } from './result-panel.tsx';

/** A model's request at the left, what comes of it at the right. */
export function Playground(): ReactNode {
  const endpointId = usePlayground((state) => state.endpointId);
  if (endpointId === null) return <NoModel />;
  return (
    <>
      <TopBar>
        <ModelBar endpointId={endpointId} way="queue" />
      </TopBar>
      <div className="grid min-h-0 flex-1 grid-cols-[clamp(18rem,36%,26rem)_minmax(0,1fr)] max-[720px]:flex max-[720px]:flex-col max-[720px]:overflow-y-auto">
        <PlaygroundRequest key={endpointId} endpointId={endpointId} />
        <ResultPanel endpointId={endpointId} />
      </div>
    </>
  );
}

function PlaygroundRequest({ endpointId }: { readonly endpointId: string }): ReactNode {
  const view = usePlayground((state) => state.view);
  const setView = usePlayground((state) => state.setView);
  const lastSeed = useLastSeed(endpointId);
  return (
    <RequestPanel
      endpointId={endpointId}
      way="queue"
      lastSeed={lastSeed}
      view={view}
      onView={setView}
      bar={<RunBar endpointId={endpointId} />}
    />
  );
}

function NoModel(): ReactNode {
  const loading = useModels((state) => state.loading);
  const error = useModels((state) => state.error);
  const refresh = useModels((state) => state.refresh);
  const openPicker = useApp((state) => state.openPicker);
  const choose = (
    <Button look="primary" onClick={() => openPicker(true)}>
      Choose a model
    </Button>
  );
  return (
    <>
      <TopBar>
        <h1 className="font-medium">Playground</h1>
      </TopBar>
      {error !== null ? (
        <div className="m-auto p-8">
          <ErrorNote
            error={error}
            action={
              <>
                <Button onClick={() => void refresh()}>Try again</Button>
                <Button onClick={() => openPicker(true)}>Open a model by its id</Button>
              </>
            }
          />
        </div>
      ) : (
        <State
          icon={<Boxes size={32} strokeWidth={1.25} aria-hidden />}
          title={loading ? 'Reading the catalogue…' : 'No model is open'}
          {...(loading ? {} : { action: choose })}
        />
      )}
    </>
  );
}
