import { create } from 'zustand';
import type { Answer } from '../../shared/ipc/define.ts';
import type { Saving } from '../../shared/ipc/saving.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

interface SavingState {
  /** As main last told; null until it did. */
  readonly saving: Saving | null;
  readonly set: (saving: Saving) => void;
  readonly load: () => Promise<void>;
  /** Asks for a folder where none was chosen yet. */
  readonly setOn: (on: boolean) => Promise<void>;
  readonly chooseFolder: () => Promise<void>;
  readonly setPattern: (pattern: string) => Promise<void>;
  readonly setRequests: (on: boolean) => Promise<void>;
  readonly retry: () => Promise<void>;
}

/** The folder into which results are copied. */
export const useSaving = create<SavingState>((set, get) => {
  const take = (answer: Answer<Saving>): void => {
    if (answer.ok) set({ saving: answer.value });
    else sayError(answer.error);
  };
  return {
    saving: null,
    set: (saving) => set({ saving }),
    load: async () => take(await ask('saving.get', null)),
    setOn: async (on) =>
      on && get().saving?.folder === null ? get().chooseFolder() : take(await ask('saving.setOn', { on })),
    chooseFolder: async () => take(await ask('saving.chooseFolder', null)),
    setPattern: async (pattern) => take(await ask('saving.setPattern', { pattern })),
    setRequests: async (on) => take(await ask('saving.setRequests', { on })),
    retry: async () => take(await ask('saving.retry', null)),
  };
});
