import { ZapOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { usePlayground } from '../stores/playground.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';

interface NotLiveProps {
  readonly endpointId: string;
  /** Why main opens no session; null where the model's id does not tell that it answers live. */
  readonly error: AppError | null;
}

/** A model that does not answer live, and what can be done instead. */
export function NotLive({ endpointId, error }: NotLiveProps): ReactNode {
  const insist = useLive((state) => state.insist);
  return error === null ? (
    <State
      icon={<ZapOff size={32} strokeWidth={1.25} aria-hidden />}
      title="This model is not known to answer live"
      text="It can be run by the queue, with the same request."
      action={
        <div className="flex flex-col items-center gap-2">
          <QueueOrOther endpointId={endpointId} />
          <Button look="quiet" onClick={insist}>
            Try it live all the same
          </Button>
        </div>
      }
    />
  ) : (
    <div className="m-auto flex flex-col items-center gap-3 p-8">
      <ErrorNote error={error} action={error.kind !== 'input' && <Again auth={error.kind === 'auth'} />} />
      <div className="flex flex-wrap justify-center gap-2">
        <QueueOrOther endpointId={endpointId} />
      </div>
    </div>
  );
}

function Again({ auth }: { readonly auth: boolean }): ReactNode {
  const reopen = useLive((state) => state.reopen);
  const go = useApp((state) => state.go);
  return (
    <>
      <Button onClick={reopen}>Try again</Button>
      {auth && <Button onClick={() => go('settings')}>Open Settings</Button>}
    </>
  );
}

/** The two ways on from a model that cannot be used live. */
function QueueOrOther({ endpointId }: Pick<NotLiveProps, 'endpointId'>): ReactNode {
  const go = useApp((state) => state.go);
  const openPicker = useApp((state) => state.openPicker);
  const openQueue = usePlayground((state) => state.open);
  return (
    <>
      <Button
        onClick={() => {
          go('playground');
          void openQueue(endpointId);
        }}
      >
        Run by the queue
      </Button>
      <Button onClick={() => openPicker(true)}>Choose a realtime model</Button>
    </>
  );
}
