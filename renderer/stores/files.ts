import { create } from 'zustand';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { ask } from '../bridge.ts';
import { measureMedia } from './measure-media.ts';
import type { Measured } from './measure-media.ts';
import { mediaUrl } from '../viewers/title.ts';

interface FilesState {
  /** What is known of files that requests name, by hash; null for one that is not kept here any more. */
  readonly facts: Readonly<Record<string, MediaFacts | null>>;
  /** What the browser tells of them, by hash; absent until it has been asked and has answered. */
  readonly measured: Readonly<Record<string, Measured>>;
  readonly learn: (facts: MediaFacts) => void;
  readonly load: (sha256: string) => Promise<void>;
  /** Asks the browser, once a file. */
  readonly measure: (facts: MediaFacts) => void;
}

export const useFiles = create<FilesState>((set) => {
  const asked = new Set<string>();
  return {
    facts: {},
    measured: {},
    learn: (facts) => set((state) => ({ facts: { ...state.facts, [facts.sha256]: facts } })),
    load: async (sha256) => {
      const answer = await ask('media.facts', { sha256 });
      if (answer.ok) set((state) => ({ facts: { ...state.facts, [sha256]: answer.value } }));
    },
    measure: (facts) => {
      if (asked.has(facts.sha256)) return;
      asked.add(facts.sha256);
      void measureMedia(mediaUrl(facts), facts.contentType).then((measured) =>
        set((state) => ({ measured: { ...state.measured, [facts.sha256]: measured } })),
      );
    },
  };
});
