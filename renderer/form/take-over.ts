import type { Run } from '../../shared/runs/run.ts';
import { useAsked } from '../stores/asked.ts';
import { usePlayground } from '../stores/playground.ts';
import { openWith } from './begin-with.ts';

/** Opens a run's whole request in the Playground: its input, and how it was sent. */
export async function takeOver(run: Run, said: string): Promise<void> {
  const { endpointId, input, id } = run;
  const back = await useAsked.getState().take(endpointId, run);
  await openWith({ endpointId, input, said, ...(back === null ? {} : { back }) }, () =>
    usePlayground.getState().open(endpointId, input, id),
  );
}
