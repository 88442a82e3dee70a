import type { Run, RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { useJobs } from '../stores/jobs.ts';
import { usePlayground } from '../stores/playground.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { useRuns } from '../stores/runs.ts';

/** Shows a run at its model; one of another account's catalogue, whose model may not be here, in the history. */
export function openJob(run: Run): void {
  useJobs.getState().setOpen(false);
  const { profiles } = useProfiles.getState();
  const realm = profiles.find(({ id }) => id === run.profileId)?.realm;
  if (run.origin === 'live' || realm !== activeRealm(useProfiles.getState()))
    return useApp.getState().showInHistory(run.id);
  useApp.getState().go('playground');
  void usePlayground.getState().open(run.endpointId, undefined, run.id);
}

/** What a word about ended runs leads to: the run, or all jobs. */
export async function openWanted(id: RunId | null): Promise<void> {
  if (id === null) return useJobs.getState().setOpen(true);
  const known = useRuns.getState().runs[id];
  if (known !== undefined) return openJob(known);
  const answer = await ask('runs.get', { id });
  if (!answer.ok || answer.value === null) return;
  useRuns.getState().take(answer.value);
  openJob(answer.value);
}
