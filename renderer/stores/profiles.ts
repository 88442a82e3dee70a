import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import type { AddedKey, Profile, Profiles, Realm } from '../../shared/ipc/profiles.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

interface ProfilesState extends Profiles {
  readonly set: (profiles: Profiles) => void;
  readonly load: () => Promise<void>;
  readonly use: (id: string) => Promise<void>;
  /** The key goes straight on to main and is kept nowhere here. */
  readonly addKey: (request: CommandRequest<'keys.add'>) => Promise<Answer<AddedKey>>;
  /** Answers why the name was not taken. */
  readonly renameKey: (id: string, name: string) => Promise<AppError | null>;
  /** False when the key is still there. */
  readonly removeKey: (id: string) => Promise<boolean>;
}

/**
 * Where requests go and whether there is a key; never the key. Main tells of every change as it happens; the answer to the
 * command that made it may come behind a later one, and is not taken for how things stand.
 */
export const useProfiles = create<ProfilesState>((set) => {
  const done = (answer: Answer<Profiles>): boolean => {
    if (!answer.ok) sayError(answer.error);
    return answer.ok;
  };
  return {
    active: '',
    profiles: [],
    keychain: { backend: 'session', why: '' },
    server: null,
    set: (profiles) => set(pick(profiles)),
    load: async () => {
      const answer = await ask('profiles.list', null);
      if (done(answer) && answer.ok) set(pick(answer.value));
    },
    use: async (id) => {
      done(await ask('profiles.use', { id }));
    },
    addKey: (request) => ask('keys.add', request),
    renameKey: async (id, name) => {
      const answer = await ask('keys.rename', { id, name });
      return answer.ok ? null : answer.error;
    },
    removeKey: async (id) => done(await ask('keys.remove', { id })),
  };
});

const pick = ({ active, profiles, keychain, server }: Profiles): Profiles => ({
  active,
  profiles,
  keychain,
  server,
});

const activeOf = ({ profiles, active }: Profiles): Profile | undefined =>
  profiles.find((profile) => profile.id === active);

export const useActiveProfile = (): Profile | undefined => useProfiles(activeOf);

/** Whose models are in sight; undefined until main has told. */
export const activeRealm = (profiles: Profiles): Realm | undefined => activeOf(profiles)?.realm;

/** What keeps a profile from running anything, in a few words; null when nothing does. */
export function whatIsMissing(profile: Profile): string | null {
  switch (profile.kind) {
    case 'key':
      return profile.state.kind === 'ready' ? null : 'enter the key again';
    case 'keyless':
      return 'no key yet';
    case 'environment':
    case 'demo':
      return null;
  }
}
