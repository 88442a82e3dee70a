import { appError } from '../../shared/fal/errors.ts';
import { MOST_RUNS } from '../../shared/history/most.ts';
import type { ChosenRuns } from '../../shared/ipc/transfer.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { useFound } from '../stores/found.ts';
import { sayError } from '../ui/toasts.tsx';

/** Selected runs as they go out. Null where they are more than can be named and not all that is found; that is said. */
export function chosenOf(ids: readonly RunId[]): ChosenRuns | null {
  if (ids.length <= MOST_RUNS) return { kind: 'ids', ids: [...ids] };
  const { ids: found, complete, text } = useFound.getState();
  if (complete && found?.length === ids.length) return { kind: 'search', text };
  const most = MOST_RUNS.toLocaleString('en-US');
  sayError(
    appError('input', `More than ${most} runs are selected`, {
      hint: 'Select fewer, or search for those that are meant and select all that is found.',
    }),
  );
  return null;
}
