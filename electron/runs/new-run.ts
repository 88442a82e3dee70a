import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import { assertNever, fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Asked, BatchPlace, Method, Money } from '../../shared/runs/asked.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import type { FalConnection } from '../fal/connection.ts';
import { prepare } from '../fal/request-options.ts';
import type { Use } from '../fal/request-options.ts';
import { justCreated } from './stamp.ts';

/** A run that a person asks for. */
export interface Wanted extends Asked {
  readonly endpointId: string;
  readonly input: JsonObject;
}

/** What is wrong with it, or could not be sent by this connection; nothing is written or sent to find out. */
export function refusalOf(
  { endpointId, method, options }: Wanted,
  connection: FalConnection,
): AppError | null {
  const endpoint = parseEndpointId(endpointId);
  if (endpoint === null) return noModelId(endpointId);
  const prepared = prepare(connection.hosts, endpoint, options, useOf(method));
  return prepared.ok ? null : prepared.error;
}

export const noModelId = (endpointId: string): AppError =>
  appError('input', 'This is not a model id', { detail: endpointId });

function useOf(method: Method): Use {
  switch (method) {
    case 'queue':
      return 'submit';
    case 'direct':
      return 'run';
    case 'stream':
      return 'stream';
    default:
      return assertNever(method);
  }
}

export interface Beginning {
  readonly id: RunId;
  readonly profileId: string;
  readonly money: Money;
  readonly batch: BatchPlace | null;
  /** Among those that wait; null where it is sent at once. */
  readonly rank: number | null;
}

/** The first row of a run. `now` in milliseconds since 1970. */
export function newRun(
  { endpointId, input, method, options }: Wanted,
  { id, profileId, money, batch, rank }: Beginning,
  now: number,
): Run {
  const waiting: Run = {
    id,
    endpointId,
    profileId,
    requestId: null,
    origin: 'queue',
    method,
    options,
    batch,
    input,
    output: null,
    media: [],
    times: justCreated(now),
    money,
    state: { kind: 'waiting', rank: rank ?? 0, held: false },
  };
  return rank === null ? sentNow(waiting, now) : waiting;
}

/** The run as it is written before anything of it is sent. */
export function sentNow(run: Run, now: number): Run {
  const total = referencedShas(run.input).length;
  const state: RunState = total === 0 ? { kind: 'submitting' } : { kind: 'uploading', done: 0, total };
  return { ...run, state, times: { ...run.times, submitted: total === 0 ? now : null } };
}

export const unwritten = (reason: string): AppError =>
  appError('storage', 'The run could not be written down', {
    detail: reason,
    hint: 'Nothing was sent and nothing is paid. Make room on the disk, or make it writable, then run again.',
  });

/** The first refusal of any of them. */
export function checkAll(
  wanted: readonly Wanted[],
  connection: Result<FalConnection, AppError>,
): Result<FalConnection, AppError> {
  const unknown = wanted.find(({ endpointId }) => parseEndpointId(endpointId) === null);
  if (unknown !== undefined) return fail(noModelId(unknown.endpointId));
  if (!connection.ok) return connection;
  if (connection.value.credentials() === null)
    return fail(
      appError('auth', 'There is no key yet', {
        hint: 'Your request is kept. Add a fal key in Settings, or choose the demo.',
      }),
    );
  for (const one of wanted) {
    const refusal = refusalOf(one, connection.value);
    if (refusal !== null) return fail(refusal);
  }
  return connection;
}
