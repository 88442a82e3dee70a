import type { Model } from '../../shared/ipc/models.ts';
import { speaksRealtime } from '../../shared/realtime/support.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { ask, listen } from '../bridge.ts';
import { drawEnded } from '../small/small-pictures.ts';
import { openWanted } from '../jobs/open-job.ts';
import { setApple } from '../ui/kbd.tsx';
import { useApp } from './app.ts';
import { useBatches } from './batches.ts';
import { useFound } from './found.ts';
import { useLive } from './live.ts';
import { useMarks } from './marks.ts';
import { useModels } from './models.ts';
import { partials } from './partials.ts';
import { usePlayground } from './playground.ts';
import { activeRealm, useProfiles } from './profiles.ts';
import { useRequests } from './requests.ts';
import { useRuns } from './runs.ts';
import { useSpending } from './spending.ts';
import { useSaving } from './saving.ts';
import { useStorage } from './storage.ts';
import { useShelf } from './shelf.ts';
import { useTransfer } from './transfer.ts';

/** What is opened where nothing was opened before: quick, cheap and known to everyone. */
const FIRST_CHOICES = ['fal-ai/flux/schnell', 'fal-ai/flux/dev'];
const FIRST_LIVE = 'fal-ai/fast-lightning-sdxl';

/** Wires main's events to the stores and loads what the first screen needs. Called once, at start. */
export async function connect(): Promise<void> {
  listen('runs.changed', (run) => {
    drawEnded(useRuns.getState().runs[run.id], run);
    useRuns.getState().take(run);
    useBatches.getState().take(run);
    useFound.getState().hear(run);
    usePlayground.getState().hear(run);
    if (isOver(run.state)) partials.end(run.id);
  });
  listen('history.changed', ({ ids, about }) => useFound.getState().changed(ids, about));
  listen('app.noticed', ({ sentence }) => useApp.getState().notice(sentence));
  listen('runs.partial', (partial) => partials.take(partial));
  listen('runs.logged', ({ id, entries }) => useRuns.getState().takeLogs(id, entries));
  listen('jobs.wanted', ({ id }) => void openWanted(id));
  listen('models.changed', (catalogue) => useModels.getState().set(catalogue));
  listen('models.marked', (marks) => useMarks.getState().set(marks));
  listen('storage.changed', (health) => useStorage.getState().hear(health));
  listen('saving.changed', (saving) => useSaving.getState().set(saving));
  listen('shelf.changed', (loras) => useShelf.getState().set(loras));
  listen('transfer.changed', (transfer) => useTransfer.getState().set(transfer));
  listen('profiles.changed', (profiles) => useProfiles.getState().set(profiles));

  window.addEventListener('online', () => {
    void ask('runs.recheck', null);
    useLive.getState().retryLost();
  });
  useRequests.subscribe((state, before) => {
    const { endpointId, edited } = useLive.getState();
    if (endpointId !== null && state.edits[endpointId] !== before.edits[endpointId]) edited();
  });

  void useShelf.getState().load();
  void useTransfer.getState().load();
  // The newest runs come along: one that is still under way shows from the start, whatever model it is of.
  void useRuns.getState().loadNewest();
  void useRuns.getState().loadJobs();
  void useSpending.getState().load();
  await Promise.all([useApp.getState().load(), useProfiles.getState().load()]);
  const { info } = useApp.getState();
  setApple(info?.platform === 'darwin');
  if (info !== null) useFound.getState().takeUp(info.historyLook);
  useProfiles.subscribe((state, before) => {
    // Another realm is another catalogue, and may be another schema of the same name.
    if (activeRealm(state) !== activeRealm(before)) void openRealm();
    else if (state.active !== before.active) useOtherKey();
  });
  await openRealm();
}

/** The same models with another key: what is open stays open. */
function useOtherKey(): void {
  const { error, refresh, forgetPrices, loadPrice } = useModels.getState();
  const { endpointId, calm } = usePlayground.getState();
  const { forms, reload } = useRequests.getState();
  calm();
  forgetPrices();
  // What failed may have failed for the key.
  if (error !== null) void refresh();
  for (const id of new Set([endpointId, useLive.getState().endpointId])) {
    if (id === null) continue;
    void loadPrice(id);
    if (forms[id]?.kind === 'failed') void reload(id);
  }
}

/** Loads the active realm's models and opens those that were open last. */
async function openRealm(): Promise<void> {
  const realm = activeRealm(useProfiles.getState());
  usePlayground.getState().leave();
  useLive.getState().leave();
  useRequests.getState().forgetForms();
  const [last, lastLive, models] = await Promise.all([
    ask('drafts.last', { place: 'playground' }),
    ask('drafts.last', { place: 'realtime' }),
    useModels.getState().load(),
    useMarks.getState().load(),
  ]);
  if (activeRealm(useProfiles.getState()) !== realm) return;
  useLive.getState().choose((lastLive.ok ? lastLive.value : null) ?? firstLive(models));
  const known = (id: string): boolean => models.some((model) => model.endpointId === id);
  const first = FIRST_CHOICES.find(known) ?? models[0]?.endpointId;
  const wanted = last.ok && last.value !== null ? last.value : first;
  if (wanted !== undefined) await usePlayground.getState().open(wanted);
}

/** What Realtime opens with where nothing was open there; null where the catalogue has no such model. */
function firstLive(models: readonly Model[]): string | null {
  const live = models.filter((model) => !model.deprecated && speaksRealtime(model.endpointId));
  return (live.find((model) => model.endpointId === FIRST_LIVE) ?? live[0])?.endpointId ?? null;
}
