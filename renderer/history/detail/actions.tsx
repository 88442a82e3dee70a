import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Run } from '../../../shared/runs/run.ts';
import { isOver, mayBeCancelled } from '../../../shared/runs/transitions.ts';
import { openWith } from '../../form/begin-with.ts';
import { takeOver } from '../../form/take-over.ts';
import { useApp } from '../../stores/app.ts';
import { useLive } from '../../stores/live.ts';
import { useRuns } from '../../stores/runs.ts';
import { Button } from '../../ui/button.tsx';
import { CodeMenu } from './code-menu.tsx';
import { RunAgain } from './run-again.tsx';

const SAID = 'Filled from a run in History';

/** What can be begun with a run's request. */
export function Actions({ run }: { readonly run: Run }): ReactNode {
  const { endpointId, input, state } = run;
  const openLive = useLive((store) => store.open);
  const go = useApp((store) => store.go);
  const cancel = useRuns((store) => store.cancel);
  const live = run.origin === 'live';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {live && (
        <Button
          look="primary"
          onClick={() => {
            go('realtime');
            void openWith({ endpointId, input, said: SAID }, () => openLive(endpointId, input));
          }}
        >
          <Zap size={14} aria-hidden />
          Open in Realtime
        </Button>
      )}
      <Button
        look={live ? 'plain' : 'primary'}
        onClick={() => {
          // The screen it leads to shows it, and may not have heard of it.
          useRuns.getState().know([run]);
          go('playground');
          void takeOver(run, SAID);
        }}
      >
        Open as request
      </Button>
      {mayBeSentAgain(run) && <RunAgain run={run} />}
      <CodeMenu run={run} />
      {!isOver(state) && mayBeCancelled(state) && (
        <Button onClick={() => void cancel(run.id)}>Cancel the run</Button>
      )}
    </div>
  );
}

/**
 * Of a run whose fate is not known the result itself says what sending it again would mean; of one from elsewhere the request
 * may not be known.
 */
function mayBeSentAgain({ origin, input, state }: Run): boolean {
  if (!isOver(state) || state.kind === 'lost' || state.kind === 'unconfirmed') return false;
  return origin !== 'attached' || Object.keys(input).length > 0;
}
