import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { PLAIN } from '../../shared/runs/asked.ts';
import type { Run, RunState } from '../../shared/runs/run.ts';
import { clockOf } from '../fal/clock.ts';
import type { FalConnection } from '../fal/connection.ts';
import { status } from '../fal/queue.ts';
import { listRequests } from '../fal/requests.ts';
import { queuedAt } from './confirm.ts';
import { justCreated } from './stamp.ts';

/** What fal says of a request that was sent from elsewhere. */
export interface Found {
  readonly state: RunState;
  /** Empty where fal does not tell it. */
  readonly input: JsonObject;
  /** Milliseconds since 1970, by fal's clock; null where it is not told. */
  readonly sentAt: number | null;
}

/** fal keeps what was sent for so long (fal-protocol §9.1, store-IO). */
const KEPT_FOR = 30 * 24 * 60 * 60_000;
/** The input is worth no longer wait. */
const LIMIT = 10_000;

/** Looks a request up by its id. Only ever reads; `not_found` where fal does not know it under this model. */
export async function lookUp(
  connection: FalConnection,
  endpoint: EndpointId,
  requestId: string,
  signal: AbortSignal,
): Promise<Result<Found, AppError>> {
  const told = await status(connection, endpoint, requestId, signal, false);
  if (!told.ok)
    return fail(
      told.error.kind === 'not_found'
        ? appError('not_found', 'fal does not know this request', {
            detail: requestId,
            hint: 'A request is found only under the model it was sent to, with a key of the same account, and for a limited time.',
          })
        : told.error,
    );
  const now = clockOf(connection).now();
  const listed = await listRequests(
    connection,
    endpoint,
    { from: now - KEPT_FOR, to: now + KEPT_FOR },
    AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]),
    requestId,
  );
  const entry = listed.ok ? listed.value.requests.find((one) => one.requestId === requestId) : undefined;
  return ok({
    state: stateOf(told.value),
    input: isJsonObject(entry?.input) ? entry.input : {},
    sentAt: entry?.sentAt ?? null,
  });
}

function stateOf(told: QueueStatus): RunState {
  switch (told.status) {
    case 'IN_QUEUE':
      return { kind: 'queued', position: told.queue_position ?? null, trouble: null };
    case 'IN_PROGRESS':
      return { kind: 'running', trouble: null };
    case 'COMPLETED':
      return { kind: 'fetching', trouble: null };
    default:
      return assertNever(told);
  }
}

/** The first row of a run that was begun elsewhere. `now` in milliseconds since 1970. */
export function attachedRun(
  named: Pick<Run, 'id' | 'endpointId' | 'profileId'> & { readonly requestId: string },
  { state, input, sentAt }: Found,
  now: number,
): Run {
  const run: Run = {
    ...named,
    ...PLAIN,
    origin: 'attached',
    input,
    output: null,
    media: [],
    times: justCreated(now),
    state,
  };
  return { ...run, times: queuedAt(run, sentAt) };
}
