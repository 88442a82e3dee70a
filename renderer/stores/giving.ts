import { create } from 'zustand';
import type { StoredMedia } from '../../shared/runs/run.ts';

export type GivenMedia = Pick<StoredMedia, 'sha256' | 'contentType' | 'fileName' | 'medium'>;

interface GivingState {
  /** The file a model is being chosen for; null while none is. */
  readonly file: GivenMedia | null;
  readonly choose: (file: GivenMedia) => void;
  readonly end: () => void;
}

/** A result on its way to become the input of another model. */
export const useGiving = create<GivingState>((set) => ({
  file: null,
  choose: (file) => set({ file }),
  end: () => set({ file: null }),
}));
