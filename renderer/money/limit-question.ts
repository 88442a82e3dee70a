import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';

interface LimitQuestionState {
  /** Whether a person is being asked. */
  readonly open: boolean;
  /** The limit that would be passed; it stays while the dialog fades. */
  readonly about: AppError | null;
  /**
   * Has the question to itself while `what` goes on, and what else wants it waits; `waited` where it had to. What came
   * before may have answered it.
   */
  readonly inTurn: <T>(what: (waited: boolean) => Promise<T>) => Promise<T>;
  /** True for a yes. Only ever in one's turn. */
  readonly ask: (error: AppError) => Promise<boolean>;
  readonly answer: (yes: boolean) => void;
}

/** The one question that stands between a limit and what would pass it. */
export const useLimitQuestion = create<LimitQuestionState>((set, get) => {
  let settle: ((yes: boolean) => void) | null = null;
  let before: Promise<unknown> = Promise.resolve();
  let turns = 0;
  return {
    open: false,
    about: null,
    inTurn: async (what) => {
      const waited = turns > 0;
      const mine = before.then(() => what(waited));
      turns += 1;
      before = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        turns -= 1;
      }
    },
    ask: (about) =>
      new Promise((resolve) => {
        settle = resolve;
        set({ about, open: true });
      }),
    answer: (yes) => {
      if (!get().open) return;
      set({ open: false });
      settle?.(yes);
    },
  };
});
