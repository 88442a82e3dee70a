import { ok } from '../../shared/result.ts';
import { NO_MONEY } from '../../shared/runs/asked.ts';
import type { RunMoney } from './run-money.ts';

/** For tests: of nothing is known what it costs, and nothing is limited. */
export const UNRECKONED: RunMoney = {
  reckon: (requests) => Promise.resolve(requests.map(() => NO_MONEY)),
  allow: () => Promise.resolve(ok(null)),
};
