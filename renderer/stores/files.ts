import { create } from 'zustand';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { ask } from '../bridge.ts';

interface FilesState {
  /** What is known of files that requests name, by hash; null for one that is not kept here any more. */
  readonly facts: Readonly<Record<string, MediaFacts | null>>;
  readonly learn: (facts: MediaFacts) => void;
  readonly load: (sha256: string) => Promise<void>;
}

export const useFiles = create<FilesState>((set) => ({
  facts: {},
  learn: (facts) => set((state) => ({ facts: { ...state.facts, [facts.sha256]: facts } })),
  load: async (sha256) => {
    const answer = await ask('media.facts', { sha256 });
    if (answer.ok) set((state) => ({ facts: { ...state.facts, [sha256]: answer.value } }));
  },
}));
