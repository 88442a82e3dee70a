import type { Profiles } from '../../shared/ipc/profiles.ts';
import { ask, listen } from '../bridge.ts';
import { setApple } from '../ui/kbd.tsx';
import { useApp } from './app.ts';
import { useModels } from './models.ts';
import { usePlayground } from './playground.ts';
import { useProfiles } from './profiles.ts';
import { useRuns } from './runs.ts';

/** What is opened where nothing was opened before: quick, cheap and known to everyone. */
const FIRST_CHOICES = ['fal-ai/flux/schnell', 'fal-ai/flux/dev'];

/** Wires main's events to the stores and loads what the first screen needs. Called once, at start. */
export async function connect(): Promise<void> {
  listen('runs.changed', (run) => {
    useRuns.getState().take(run);
    usePlayground.getState().hear(run);
  });
  listen('app.noticed', ({ sentence }) => useApp.getState().notice(sentence));
  listen('runs.logged', ({ id, entries }) => useRuns.getState().takeLogs(id, entries));
  listen('models.changed', (catalogue) => useModels.getState().set(catalogue));
  listen('profiles.changed', (profiles) => useProfiles.getState().set(profiles));

  window.addEventListener('online', () => void ask('runs.recheck', null));

  // The newest runs come along: one that is still under way shows from the start, whatever model it is of.
  void useRuns.getState().loadHistory();
  await Promise.all([useApp.getState().load(), useProfiles.getState().load()]);
  setApple(useApp.getState().info?.platform === 'darwin');
  // Another profile is another catalogue, and may be another schema of the same name.
  useProfiles.subscribe((state, before) => {
    if (state.active !== before.active) void openProfile();
    else if (keyOf(state) !== keyOf(before)) void openWithKey();
  });
  await openProfile();
}

/** Loads the active profile's models and opens the one that was open last. */
async function openProfile(): Promise<void> {
  const { active } = useProfiles.getState();
  usePlayground.getState().leave();
  const [last, models] = await Promise.all([ask('drafts.last', null), useModels.getState().load()]);
  if (useProfiles.getState().active !== active) return;
  const known = (id: string): boolean => models.some((model) => model.endpointId === id);
  const first = FIRST_CHOICES.find(known) ?? models[0]?.endpointId;
  const wanted = last.ok && last.value !== null ? last.value : first;
  if (wanted !== undefined) await usePlayground.getState().open(wanted);
}

const keyOf = ({ active, profiles }: Profiles): string | undefined =>
  profiles.find((profile) => profile.id === active)?.keySource;

/** A key opens what was closed without it: the price, and perhaps the catalogue. */
async function openWithKey(): Promise<void> {
  const { endpointId, open } = usePlayground.getState();
  if (endpointId === null) return openProfile();
  await useModels.getState().loadPrice(endpointId);
  if (useModels.getState().error !== null) await useModels.getState().refresh();
  await open(endpointId);
}
