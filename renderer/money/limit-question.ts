import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';

interface LimitQuestionState {
  /** Whether a person is being asked. */
  readonly open: boolean;
  /** The limit that would be passed; it stays while the dialog fades. */
  readonly about: AppError | null;
  /** True for a yes. A second question waits until the first is answered. */
  readonly ask: (error: AppError) => Promise<boolean>;
  readonly answer: (yes: boolean) => void;
}

/** The one question that stands between a limit and what would pass it. */
export const useLimitQuestion = create<LimitQuestionState>((set, get) => {
  let settle: ((yes: boolean) => void) | null = null;
  let before: Promise<unknown> = Promise.resolve();
  const put = (about: AppError): Promise<boolean> =>
    new Promise((resolve) => {
      settle = resolve;
      set({ about, open: true });
    });
  return {
    open: false,
    about: null,
    ask: (error) => {
      const answer = before.then(() => put(error));
      before = answer;
      return answer;
    },
    answer: (yes) => {
      if (!get().open) return;
      set({ open: false });
      settle?.(yes);
    },
  };
});
