import { create } from 'zustand';
import type { Marks } from '../../shared/ipc/models.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';
import { activeRealm, useProfiles } from './profiles.ts';

interface MarksState {
  /** Ids, the newest first. */
  readonly starred: readonly string[];
  readonly recent: readonly string[];
  readonly set: (marks: Marks) => void;
  readonly load: () => Promise<void>;
  readonly star: (endpointId: string, starred: boolean) => Promise<void>;
}

/** The active realm's starred models and those that were opened last; main tells of each change. */
export const useMarks = create<MarksState>((set, get) => ({
  starred: [],
  recent: [],
  set: ({ realm, starred, recent }) => {
    if (realm === activeRealm(useProfiles.getState())) set({ starred, recent });
  },
  load: async () => {
    set({ starred: [], recent: [] });
    const answer = await ask('models.marks', null);
    if (answer.ok) get().set(answer.value);
  },
  star: async (endpointId, starred) => {
    const answer = await ask('models.star', { endpointId, starred });
    if (!answer.ok) sayError(answer.error);
  },
}));
