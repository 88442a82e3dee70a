import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { History } from '../history/history.ts';
import type { RunService } from '../runs/run-service.ts';
import type { Handlers } from './bind.ts';

export interface RunHandlersOptions {
  readonly runs: RunService;
  readonly history: Pick<History, 'run' | 'batch' | 'logs' | 'page'>;
  readonly activeProfile: () => string;
}

type RunHandlers = Pick<Handlers, Extract<keyof Handlers, `runs.${string}`>>;

/** The commands of `runs`. */
export function runHandlers({ runs, history, activeProfile }: RunHandlersOptions): RunHandlers {
  return {
    'runs.start': ({ profileId, endpointId, input, ...how }) =>
      profileId === activeProfile() ? runs.start(endpointId, input, how) : fail(ANOTHER_PROFILE),
    'runs.startMany': ({ profileId, kind, runs: wanted, overLimit, into }) =>
      profileId === activeProfile() ? runs.startMany(kind, wanted, overLimit, into) : fail(ANOTHER_PROFILE),
    'runs.attach': ({ profileId, endpointId, requestId }) =>
      profileId === activeProfile() ? runs.attach(endpointId, requestId) : fail(ANOTHER_PROFILE),
    'runs.reorder': ({ id, before }) => runs.reorder(id, before),
    'runs.release': ({ ids, overLimit }) => runs.release(ids, overLimit),
    'runs.most': () => ok(runs.most),
    'runs.setMost': ({ most }) => runs.setMost(most),
    'runs.cancel': ({ id }) => runs.cancel(id),
    'runs.fetchMedia': ({ id }) => runs.fetchMedia(id),
    'runs.get': async ({ id }) => ok(await history.run(id)),
    'runs.batch': async ({ id }) => ok(await history.batch(id)),
    'runs.logs': async ({ id }) => ok(await history.logs(id)),
    'runs.recheck': async () => {
      await runs.recheck();
      return ok(null);
    },
    'runs.page': async (query) => ok(await history.page(query)),
  };
}

/** Another account would pay. */
const ANOTHER_PROFILE = appError('input', 'The profile has just changed', {
  hint: 'Nothing was sent. Look at the profile, then run again.',
});
