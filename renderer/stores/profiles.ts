import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Profile, Profiles } from '../../shared/ipc/profiles.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

interface ProfilesState extends Profiles {
  readonly set: (profiles: Profiles) => void;
  readonly load: () => Promise<void>;
  readonly use: (id: string) => Promise<void>;
  /** The key goes straight on to main and is kept nowhere here; answers why it was not taken. */
  readonly addKey: (profileId: string, secret: string) => Promise<AppError | null>;
  readonly removeKey: (profileId: string) => Promise<void>;
}

/** Where requests go and whether there is a key; never the key. */
export const useProfiles = create<ProfilesState>((set) => ({
  active: '',
  profiles: [],
  set: ({ active, profiles }) => set({ active, profiles }),
  load: async () => {
    const answer = await ask('profiles.list', null);
    if (answer.ok) set(answer.value);
    else sayError(answer.error);
  },
  use: async (id) => {
    const answer = await ask('profiles.use', { id });
    if (answer.ok) set(answer.value);
    else sayError(answer.error);
  },
  addKey: async (profileId, secret) => {
    const answer = await ask('keys.add', { profileId, secret });
    if (answer.ok) set(answer.value);
    return answer.ok ? null : answer.error;
  },
  removeKey: async (profileId) => {
    const answer = await ask('keys.remove', { profileId });
    if (answer.ok) set(answer.value);
    else sayError(answer.error);
  },
}));

export const useActiveProfile = (): Profile | undefined =>
  useProfiles((state) => state.profiles.find((profile) => profile.id === state.active));
