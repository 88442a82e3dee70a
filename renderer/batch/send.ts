import type { PlannedRun } from '../../shared/batch/plan.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import type { BatchPlace } from '../../shared/runs/asked.ts';
import type { Run } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { startWithLimit } from '../money/start-with-limit.ts';
import { isAdding } from '../stores/adding.ts';
import { askedFor, useAsked } from '../stores/asked.ts';
import { useBatches } from '../stores/batches.ts';
import { usePlayground } from '../stores/playground.ts';
import { useProfiles } from '../stores/profiles.ts';
import { useRuns } from '../stores/runs.ts';

/** `stayed`: the person did not want to pass a limit, and nothing was sent. Else why nothing was. */
type Sent = 'sent' | 'stayed' | AppError;
type Asked = Pick<CommandRequest<'runs.startMany'>, 'kind' | 'runs' | 'into'>;

/** Without the file these would be other runs than the person sees. */
const STILL_ADDING: AppError = {
  kind: 'input',
  title: 'A file is still being added',
  detail: '',
  hint: 'Nothing was sent. Send again in a moment.',
  requestId: null,
  fields: [],
};

/** Sends planned runs, each as its model is called, and brings their batch into sight. */
export function sendBatch(kind: BatchPlace['kind'], plan: readonly PlannedRun[]): Promise<Sent> {
  const runs = plan.flatMap(({ endpointId, input, column, row }) => {
    const asked = askedFor(useAsked.getState(), endpointId);
    if (asked.kind === 'wrong') return [];
    return [{ endpointId, input, column, row, method: asked.method, options: asked.options }];
  });
  return start({ kind, runs });
}

/** A model of these whose options cannot be sent as they are written; null where there is none. */
export function wrongOptionsOf(
  state: ReturnType<typeof useAsked.getState>,
  plan: readonly PlannedRun[],
): string | null {
  const models = [...new Set(plan.map(({ endpointId }) => endpointId))];
  return models.find((endpointId) => askedFor(state, endpointId).kind === 'wrong') ?? null;
}

/** Sends runs of a batch once more, each as it was, into the cells they have. `runs` are of one batch. */
export function sendAgain(runs: readonly Run[]): Promise<Sent> {
  const placed = runs.flatMap(({ batch, ...run }) => (batch === null ? [] : [{ ...run, batch }]));
  const [first] = placed;
  if (first === undefined) return Promise.resolve('sent');
  const { id, kind, size } = first.batch;
  return start({
    kind,
    into: { id, size },
    runs: placed.map(({ endpointId, input, method, options, batch: { column, row } }) => ({
      endpointId,
      input,
      method,
      options,
      column,
      row,
    })),
  });
}

async function start(asked: Asked): Promise<Sent> {
  if (isAdding()) return STILL_ADDING;
  const profileId = useProfiles.getState().active;
  const answer = await startWithLimit((overLimit) =>
    ask('runs.startMany', { ...asked, profileId, overLimit }),
  );
  if (answer === null) return 'stayed';
  if (!answer.ok) return answer.error;
  const known = useRuns.getState().runs;
  for (const run of answer.value) {
    // A run's own events may be here before the answer; they are newer than what it says.
    if (known[run.id] === undefined) useRuns.getState().take(run);
    useBatches.getState().take(run);
  }
  const batch = answer.value[0]?.batch;
  if (batch != null) usePlayground.getState().showBatch(batch.id);
  return 'sent';
}
