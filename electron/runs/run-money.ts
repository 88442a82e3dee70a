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
   * Whether they may be sent with the profile as far as the person's limits go. Asked one press after the other, each after the rows of the
   * one before are written.
   */
  readonly allow: (
    money: readonly Money[],
    overLimit: boolean,
    profileId: string,
  ) => Promise<Result<null, AppError>>;
}
