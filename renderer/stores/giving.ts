import { create } from 'zustand';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { useApp } from './app.ts';

export type GivenMedia = Pick<StoredMedia, 'sha256' | 'contentType' | 'fileName' | 'medium'>;

interface GivingState {
  /** The file a model is being chosen for, as long as the browser is open for it; null while none is. */
  readonly file: GivenMedia | null;
  readonly choose: (file: GivenMedia) => void;
}

/** A result on its way to become the input of another model. */
export const useGiving = create<GivingState>((set) => ({
  file: null,
  choose: (file) => {
    set({ file });
    useApp.getState().openPicker(true);
  },
}));

// Whatever closes the browser, a key or another screen, ends what it was open for.
useApp.subscribe(({ pickerOpen }, before) => {
  if (before.pickerOpen && !pickerOpen) useGiving.setState({ file: null });
});
