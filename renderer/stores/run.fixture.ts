import { PLAIN } from '../../shared/runs/asked.ts';
import type { Run } from '../../shared/runs/run.ts';

/** A run that is over, for the window's tests; nothing the app ships imports it. */
export function aRun(id: number, over: Partial<Run> = {}): Run {
  return {
    id,
    endpointId: 'acme/bird',
    profileId: 'local',
    requestId: null,
    origin: 'queue',
    ...PLAIN,
    input: {},
    output: null,
    media: [],
    times: { created: 1, submitted: null, queued: null, started: null, ended: 2, inferenceSeconds: null },
    state: { kind: 'succeeded' },
    ...over,
  };
}
