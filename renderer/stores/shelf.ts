import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import type { Lora } from '../../shared/ipc/shelf.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

interface ShelfState {
  /** The newest first. */
  readonly loras: readonly Lora[];
  readonly set: (loras: readonly Lora[]) => void;
  readonly load: () => Promise<void>;
  /** Adds or changes one; answers why it was not taken. */
  readonly put: (lora: Lora) => Promise<AppError | null>;
  readonly remove: (id: string) => Promise<boolean>;
}

/** LoRA weights to be used again. Main keeps them; here is what it last said. */
export const useShelf = create<ShelfState>((set) => {
  const take = (answer: Answer<Lora[]>): AppError | null => {
    if (answer.ok) set({ loras: answer.value });
    return answer.ok ? null : answer.error;
  };
  return {
    loras: [],
    set: (loras) => set({ loras }),
    load: async () => {
      const error = take(await ask('shelf.list', null));
      if (error !== null) sayError(error);
    },
    put: async (lora) => take(await ask('shelf.put', lora)),
    remove: async (id) => {
      const error = take(await ask('shelf.remove', { id }));
      if (error !== null) sayError(error);
      return error === null;
    },
  };
});
