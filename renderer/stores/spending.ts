import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Spending } from '../../shared/ipc/money.ts';
import type { Limits } from '../../shared/money/limits.ts';
import { ask } from '../bridge.ts';

interface SpendingState {
  /** What is spent and what may be; null until it was read. */
  readonly spending: Spending | null;
  /** Why it could not be read. */
  readonly error: AppError | null;
  readonly load: () => Promise<void>;
  /** Answers why they were not set. */
  readonly setLimits: (limits: Limits) => Promise<AppError | null>;
}

/** What was spent, as main sums it up. */
export const useSpending = create<SpendingState>((set) => ({
  spending: null,
  error: null,
  load: async () => {
    const answer = await ask('money.summary', null);
    set(answer.ok ? { spending: answer.value, error: null } : { error: answer.error });
  },
  setLimits: async (limits) => {
    const answer = await ask('money.setLimits', limits);
    if (answer.ok) set({ spending: answer.value, error: null });
    return answer.ok ? null : answer.error;
  },
}));
