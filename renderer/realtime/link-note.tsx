import type { ReactNode } from 'react';
import type { LiveState } from '../../shared/realtime/messages.ts';
import { assertNever } from '../../shared/result.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { useNow } from '../ui/use-now.ts';
import { useOnline } from './use-online.ts';

/** A connection that was lost or given up, said beside the last picture and not over it. */
export function LinkNote(): ReactNode {
  const link = useLive((state) => state.link);
  if (link.kind !== 'open') return null;
  const { state } = link;
  switch (state.kind) {
    case 'waiting':
      return <Lost state={state} />;
    case 'failed':
      return <Failed state={state} />;
    case 'idle':
    case 'connecting':
    case 'live':
      return null;
    default:
      return assertNever(state);
  }
}

function Lost({ state }: { readonly state: Extract<LiveState, { kind: 'waiting' }> }): ReactNode {
  const retry = useLive((store) => store.retry);
  const online = useOnline();
  const offline = useProfiles((store) => activeRealm(store) === 'fal') && !online;
  const now = useNow(true);
  const seconds = Math.max(0, Math.ceil((state.retryAt - now) / 1000));
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
      <p className="text-soft">
        {state.error.title}.{' '}
        {offline ? (
          'It goes on when the network is back.'
        ) : (
          <span className="tabular" aria-hidden>
            Trying again in {seconds} s.
          </span>
        )}
      </p>
      <Button onClick={retry}>Try now</Button>
    </div>
  );
}

function Failed({ state }: { readonly state: Extract<LiveState, { kind: 'failed' }> }): ReactNode {
  const retry = useLive((store) => store.retry);
  const go = useApp((store) => store.go);
  return (
    <ErrorNote
      error={state.error}
      action={
        <>
          <Button onClick={retry}>Try again</Button>
          {state.error.kind === 'auth' && <Button onClick={() => go('settings')}>Open Settings</Button>}
        </>
      }
    />
  );
}
