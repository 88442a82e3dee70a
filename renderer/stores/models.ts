import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Catalogue, Model, Price } from '../../shared/ipc/models.ts';
import { ask } from '../bridge.ts';
import { PriceWishes } from './price-wishes.ts';
import { activeRealm, useProfiles } from './profiles.ts';

interface ModelsState {
  readonly models: readonly Model[];
  readonly byId: ReadonlyMap<string, Model>;
  readonly loading: boolean;
  /** Why the list may be old or empty. */
  readonly error: AppError | null;
  /** Milliseconds since 1970 when the list was read; null when it never was. */
  readonly readAt: number | null;
  /** By id; null where fal names none, missing where it is not known yet. */
  readonly prices: Readonly<Record<string, Price | null>>;
  readonly set: (catalogue: Catalogue) => void;
  readonly load: () => Promise<readonly Model[]>;
  readonly refresh: () => Promise<void>;
  readonly loadPrice: (endpointId: string) => Promise<void>;
  /** Asks for the prices of models in sight, those that are not known yet; a newer wish takes the place of an older one. */
  readonly wishPrices: (endpointIds: readonly string[]) => void;
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
  const readPrices = async (endpointIds: readonly string[]): Promise<void> => {
    const profileId = useProfiles.getState().active;
    const answer = await ask('models.prices', { endpointIds: [...endpointIds] });
    // What another account pays is no price for this one.
    if (!answer.ok || useProfiles.getState().active !== profileId) return;
    set((state) => ({ prices: { ...state.prices, ...answer.value } }));
  };
  const wishes = new PriceWishes(readPrices);
  return {
    models: [],
    byId: new Map(),
    loading: false,
    error: null,
    readAt: null,
    prices: {},
    set: ({ realm, models, error, readAt }) => {
      // An answer that comes after the realm was changed is about the other one.
      if (realm !== activeRealm(useProfiles.getState())) return;
      const byId = new Map(models.map((model) => [model.endpointId, model]));
      set({ models, error, readAt, loading: false, byId });
    },
    load: () => {
      get().forgetPrices();
      set({ models: [], byId: new Map(), error: null, readAt: null });
      return take('models.list');
    },
    refresh: async () => {
      await take('models.refresh');
    },
    forgetPrices: () => {
      wishes.forget();
      set({ prices: {} });
    },
    loadPrice: (endpointId) => readPrices([endpointId]),
    wishPrices: (endpointIds) => wishes.wish(endpointIds),
  };
});
