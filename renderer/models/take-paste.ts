import type { Pasted } from '../../shared/fal/paste/paste.ts';
import type { JsonObject } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRequests } from '../stores/requests.ts';
import { useRuns } from '../stores/runs.ts';
import { say, sayProblem, sayWithUndo } from '../ui/toasts.tsx';

/** Does what was pasted, says what was understood, and offers to undo what it replaced. False where it meant nothing. */
export async function takePaste(pasted: Pasted): Promise<boolean> {
  switch (pasted.kind) {
    case 'nothing':
      return false;
    case 'model':
      await openWith(pasted.endpointId, pasted.values, pasted.unread);
      return true;
    case 'values': {
      const { endpointId } = usePlayground.getState();
      if (endpointId === null)
        sayProblem('A request was pasted', 'Open the model it is for, and paste it again.');
      else await openWith(endpointId, pasted.values, pasted.unread);
      return true;
    }
    case 'request':
      showRequest(pasted.requestId);
      return true;
    default:
      return assertNever(pasted);
  }
}

/** A request of this computer is shown; nobody else's is fetched. */
function showRequest(requestId: string): void {
  const run = Object.values(useRuns.getState().runs).find((known) => known.requestId === requestId);
  if (run !== undefined) return useApp.getState().showInHistory(run.id);
  sayProblem(
    'A request’s id was pasted',
    'It is not among the newest requests of this computer, and those sent from elsewhere cannot be looked up here.',
  );
}

async function openWith(
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
    return say(`Opened ${endpointId}`, left);
  }
  const draft = await draftOf(endpointId);
  void playground.open(endpointId, values);
  const count = Object.keys(values).length;
  const what = `${endpointId} with ${count} ${count === 1 ? 'value' : 'values'}`;
  sayWithUndo(before === endpointId ? `Filled ${what}` : `Opened ${what}`, left, () => {
    useApp.getState().go('playground');
    useRequests.getState().replace(endpointId, draft);
    if (before !== null && before !== endpointId) void playground.open(before);
  });
}

/** What stands in a model's form, or would if it were opened. */
async function draftOf(endpointId: string): Promise<JsonObject> {
  const known = useRequests.getState().drafts[endpointId];
  if (known !== undefined) return known;
  const kept = await ask('drafts.open', { endpointId, place: 'playground' });
  return kept.ok ? (kept.value ?? {}) : {};
}
