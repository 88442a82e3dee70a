import { create } from 'zustand';

/** A person goes back and forth between a few. */
const MOST = 5;

interface OpenedState {
  /** Ids of the models opened in this session, the latest first, each once. */
  readonly ids: readonly string[];
  readonly note: (endpointId: string) => void;
}

/** Which models were open, on whichever screen: their requests can be taken over to the next. */
export const useOpened = create<OpenedState>((set) => ({
  ids: [],
  note: (endpointId) =>
    set(({ ids }) => ({ ids: [endpointId, ...ids.filter((id) => id !== endpointId)].slice(0, MOST) })),
}));
