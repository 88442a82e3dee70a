import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import type { Preset } from '../../shared/ipc/presets.ts';
import { sameJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { freePresetName, samePresetName } from '../../shared/presets.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

interface PresetsState {
  /** By model, the newest first; missing until they were read. */
  readonly presets: Readonly<Record<string, readonly Preset[]>>;
  readonly load: (endpointId: string) => Promise<void>;
  /** False when it was not kept, which is then said. */
  readonly save: (endpointId: string, name: string, input: JsonObject) => Promise<boolean>;
  /** Keeps a preset beside those there are: its name, with a number where another has it. Null when it was not kept. */
  readonly add: (endpointId: string, name: string, input: JsonObject) => Promise<string | null>;
  /** Answers why the name was not taken. */
  readonly rename: (endpointId: string, from: string, to: string) => Promise<AppError | null>;
  readonly remove: (endpointId: string, name: string) => Promise<boolean>;
}

/** Drafts put by under a name. Main keeps them; here is what it last said. */
export const usePresets = create<PresetsState>((set, get) => {
  const take = (endpointId: string, answer: Answer<Preset[]>): boolean => {
    if (answer.ok) set((state) => ({ presets: { ...state.presets, [endpointId]: answer.value } }));
    else sayError(answer.error);
    return answer.ok;
  };
  return {
    presets: {},
    load: async (endpointId) => {
      take(endpointId, await ask('presets.list', { endpointId }));
    },
    save: async (endpointId, name, input) =>
      take(endpointId, await ask('presets.save', { endpointId, name, input })),
    add: async (endpointId, name, input) => {
      // Another model's were not read, or what is known of them is old.
      const answer = await ask('presets.list', { endpointId });
      if (!take(endpointId, answer) || !answer.ok) return null;
      const same = answer.value.find((one) => samePresetName(one.name, name) && sameJson(one.input, input));
      if (same !== undefined) return same.name;
      const free = freePresetName(
        name,
        answer.value.map((one) => one.name),
      );
      return (await get().save(endpointId, free, input)) ? free : null;
    },
    rename: async (endpointId, from, to) => {
      const answer = await ask('presets.rename', { endpointId, from, to });
      if (!answer.ok) return answer.error;
      take(endpointId, answer);
      return null;
    },
    remove: async (endpointId, name) => take(endpointId, await ask('presets.remove', { endpointId, name })),
  };
});
