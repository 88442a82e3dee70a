import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { CALL_DROPPED } from '../../shared/runs/transitions.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { Again } from './again.tsx';
import { Centre } from './centre.tsx';
import { partsOf } from './choose-viewer.ts';
import { OutputView } from './output-view.tsx';
import { UnconfirmedView } from './unconfirmed-view.tsx';

interface ResultViewProps {
  readonly run: Run;
  /** Whether there is a form beside it that can take the request over. */
  readonly reuse?: boolean;
}

/** What a finished run left: its media and texts, or why there are none. */
export function ResultView({ run, reuse = false }: ResultViewProps): ReactNode {
  const { state } = run;
  switch (state.kind) {
    case 'succeeded':
      return <OutputView run={run} reuse={reuse} />;
    case 'failed':
      return (
        <Ended run={run} reuse={reuse}>
          <ErrorNote error={state.error} />
        </Ended>
      );
    case 'lost':
      return (
        <Ended run={run} reuse={reuse}>
          <ErrorNote error={state.error} action={<Again run={run} label="Run again" />} />
        </Ended>
      );
    case 'unconfirmed':
      return (
        <Centre>
          <UnconfirmedView run={run} error={state.error} lookup={state.lookup} />
        </Centre>
      );
    case 'cancelled':
      return (
        <Ended run={run} reuse={reuse}>
          <State
            title="Cancelled"
            text={
              state.word === 'OK' || state.word === null
                ? 'It was stopped before it began.'
                : state.word === CALL_DROPPED
                  ? 'The connection was dropped, which tells fal to stop the work. What had been done may still be billed.'
                  : 'fal told the runner to stop. What had been done may still be billed.'
            }
          />
        </Ended>
      );
    case 'waiting':
    case 'uploading':
    case 'submitting':
    case 'confirming':
    case 'queued':
    case 'running':
    case 'fetching':
    case 'saving':
    case 'cancelling':
      return null;
    default:
      return assertNever(state);
  }
}

interface EndedProps extends Required<ResultViewProps> {
  readonly children: ReactNode;
}

/** Why there is no result, over what had come until then. */
function Ended({ run, reuse, children }: EndedProps): ReactNode {
  const { output, media } = run;
  // How far it was says nothing any more.
  const brought = useMemo(
    () => partsOf({ output, media }).some(({ kind }) => kind !== 'json'),
    [output, media],
  );
  if (!brought) return <Centre>{children}</Centre>;
  return (
    <>
      <div className="flex shrink-0 justify-center px-4 pt-4">{children}</div>
      <OutputView run={run} reuse={reuse} />
    </>
  );
}
