import type { ReactNode } from 'react';
import type { Run } from '../../../shared/runs/run.ts';
import { State } from '../../ui/state.tsx';
import { OutputView } from '../../viewers/output-view.tsx';
import { stateWords } from '../../viewers/words.ts';
import { contentOf } from './contents.ts';
import { Panes } from './panes.tsx';

interface MixedStageProps {
  readonly runs: readonly Run[];
  readonly front: number | null;
  readonly heads: readonly ReactNode[];
}

/** Results that cannot be laid over each other, each as its own viewer shows it. */
export function MixedStage({ runs, front, heads }: MixedStageProps): ReactNode {
  return (
    <Panes
      heads={heads}
      front={front}
      panes={runs.map((run) => (
        <Result key={run.id} run={run} />
      ))}
    />
  );
}

function Result({ run }: { readonly run: Run }): ReactNode {
  const { state } = run;
  if (contentOf(run).kind !== 'nothing') return <OutputView run={run} reuse={false} />;
  return state.kind === 'failed' ? (
    <State title={state.error.title} text={state.error.detail} />
  ) : (
    <State title={stateWords(state)} text="It has brought nothing that can be compared." />
  );
}
