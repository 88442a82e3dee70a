import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Catalogue, Model, Price } from '../../shared/ipc/models.ts';
import { ask } from '../bridge.ts';
import { activeRealm, useProfiles } from './profiles.ts';

interface ModelsState {
  readonly models: readonly Model[];
  readonly byId: ReadonlyMap<string, Model>;
  readonly loading: boolean;
  /** Why the list may be old or empty. */
  readonly error: AppError | null;
  readonly prices: Readonly<Record<string, Price | null>>;
  readonly set: (catalogue: Catalogue) => void;
  readonly load: () => Promise<readonly Model[]>;
  readonly refresh: () => Promise<void>;
  readonly loadPrice: (endpointId: string) => Promise<void>;
  /** Prices are an account's own, and unknown without a key. */
  readonly forgetPrices: () => void;
}

/** The active realm's catalogue. */
export const useModels = create<ModelsState>((set, get) => {
  const take = async (name: 'models.list' | 'models.refresh'): Promise<readonly Model[]> => {
    set({ loading: true });
    const answer = await ask(name, null);
    if (answer.ok) get().set(answer.value);
    else set({ error: answer.error, loading: false });
    return get().models;
  };
  return {
    models: [],
    byId: new Map(),
    loading: false,
    error: null,
    prices: {},
    set: ({ realm, models, error }) => {
      // An answer that comes after the realm was changed is about the other one.
      if (realm !== activeRealm(useProfiles.getState())) return;
      set({ models, error, loading: false, byId: new Map(models.map((model) => [model.endpointId, model])) });
    },
    load: () => {
      set({ models: [], byId: new Map(), prices: {}, error: null });
      return take('models.list');
    },
    refresh: async () => {
      await take('models.refresh');
    },
    forgetPrices: () => set({ prices: {} }),
    loadPrice: async (endpointId) => {
      const answer = await ask('models.price', { endpointId });
      if (answer.ok) set((state) => ({ prices: { ...state.prices, [endpointId]: answer.value } }));
    },
  };
});
