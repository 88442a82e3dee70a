import type { NamedRequest } from '../../shared/fal/paste/address.ts';
import type { Pasted } from '../../shared/fal/paste/paste.ts';
import type { JsonObject } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import { openWith } from '../form/begin-with.ts';
import { useApp } from '../stores/app.ts';
import { useJobs } from '../stores/jobs.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { say, sayProblem, sayWithUndo } from '../ui/toasts.tsx';

/** Does what was pasted, says what was understood, and offers to undo what it replaced. False where it meant nothing. */
export async function takePaste(pasted: Pasted): Promise<boolean> {
  switch (pasted.kind) {
    case 'nothing':
      return false;
    case 'model':
      await openPasted(pasted.endpointId, pasted.values, pasted.unread);
      return true;
    case 'values': {
      const { endpointId } = usePlayground.getState();
      if (endpointId === null)
        sayProblem('A request was pasted', 'Open the model it is for, and paste it again.');
      else await openPasted(endpointId, pasted.values, pasted.unread);
      return true;
    }
    case 'request':
      showRequest(pasted);
      return true;
    default:
      return assertNever(pasted);
  }
}

/** A request of this computer is shown; one from elsewhere may be followed, if the person wants it. */
export function showRequest({ requestId, endpointId }: NamedRequest): void {
  const run = Object.values(useRuns.getState().runs).find((known) => known.requestId === requestId);
  if (run !== undefined) return useApp.getState().showInHistory(run.id);
  useJobs.getState().setAttaching({ requestId, endpointId });
}

async function openPasted(
  endpointId: string,
  values: JsonObject | null,
  unread: readonly string[],
): Promise<void> {
  const playground = usePlayground.getState();
  const before = playground.endpointId;
  const left =
    unread.length === 0
      ? undefined
      : `Left out: ${unread.join(', ')} (${unread.length === 1 ? 'not a plain value' : 'not plain values'}).`;
  useApp.getState().go('playground');
  if (values === null) {
    void playground.open(endpointId);
    const back = backTo(before, endpointId);
    if (back === undefined) return say(`Opened ${endpointId}`, left);
    return sayWithUndo(`Opened ${endpointId}`, left, back);
  }
  const count = Object.keys(values).length;
  const what = `${endpointId} with ${count} ${count === 1 ? 'value' : 'values'}`;
  await openWith(
    {
      endpointId,
      input: values,
      said: before === endpointId ? `Filled ${what}` : `Opened ${what}`,
      detail: left,
      back: backTo(before, endpointId),
    },
    () => playground.open(endpointId, values),
  );
}

/** The way to the model that was open before another; undefined where that was none, or the same. */
export function backTo(before: string | null, endpointId: string): (() => void) | undefined {
  if (before === null || before === endpointId) return undefined;
  return () => {
    useApp.getState().go('playground');
    void usePlayground.getState().open(before);
  };
}
