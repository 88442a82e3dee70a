import { create } from 'zustand';

const KEY = 'realtime.instruments';

interface InstrumentsShown {
  readonly shown: boolean;
  readonly toggle: () => void;
}

/** Whether the instruments are in sight, at the next start as well. */
export const useInstruments = create<InstrumentsShown>((set, get) => ({
  shown: localStorage.getItem(KEY) !== 'off',
  toggle: () => {
    const shown = !get().shown;
    localStorage.setItem(KEY, shown ? 'on' : 'off');
    set({ shown });
  },
}));
