import { isJsonObject } from '../../shared/json.ts';
import type { Run } from '../../shared/runs/run.ts';
import { usePlayground } from './playground.ts';
import { useRuns } from './runs.ts';

type Runs = Pick<ReturnType<typeof useRuns.getState>, 'runs' | 'recent'>;

/** The run in sight of a model: the chosen one, or the newest where none was chosen. */
function shownOf(
  endpointId: string,
  chosen: Readonly<Record<string, number>>,
  { runs, recent }: Runs,
): Run | undefined {
  const id = chosen[endpointId] ?? recent[endpointId]?.[0];
  return id === undefined ? undefined : runs[id];
}

export function useShownRun(endpointId: string): Run | undefined {
  const chosen = usePlayground((state) => state.shown);
  return useRuns((state) => shownOf(endpointId, chosen, state));
}

/** The seed of the result in sight, as the model reported it. */
export function useLastSeed(endpointId: string): number | bigint | null {
  const output = useShownRun(endpointId)?.output;
  const seed = isJsonObject(output) ? output['seed'] : null;
  return typeof seed === 'number' || typeof seed === 'bigint' ? seed : null;
}

/** The run in sight of the open model, at this moment. */
export function currentRun(): Run | undefined {
  const { endpointId, shown } = usePlayground.getState();
  return endpointId === null ? undefined : shownOf(endpointId, shown, useRuns.getState());
}
