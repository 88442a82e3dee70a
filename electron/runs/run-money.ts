import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Result } from '../../shared/result.ts';
import type { Money } from '../../shared/runs/asked.ts';

/** What is asked about money before runs are written down. */
export interface RunMoney {
  /** What is known of the price of each for the profile, in their order; never a failure, for what is not known is left out. */
  readonly reckon: (
    requests: readonly { readonly endpointId: string; readonly input: JsonObject }[],
    profileId: string,
  ) => Promise<Money[]>;
  /**
   * Whether these may be sent, each with its profile, as far as the person's limits go for all of them together. Asked one press
   * after the other, each after the rows of the one before are written.
   */
  readonly allow: (asked: readonly Priced[], overLimit: boolean) => Promise<Result<null, AppError>>;
}

/** What a run will cost, and who pays. */
export interface Priced {
  readonly money: Money;
  readonly profileId: string;
}
