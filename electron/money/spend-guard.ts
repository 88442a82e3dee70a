import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { limitsSchema } from '../../shared/ipc/money.ts';
import type { Spending } from '../../shared/ipc/money.ts';
import { limitError } from '../../shared/money/limit-error.ts';
import { LIMIT_CURRENCY, NO_LIMITS, passed, periods, startOf } from '../../shared/money/limits.ts';
import type { Limits, Passing, Period } from '../../shared/money/limits.ts';
import { amountIn, sumOf } from '../../shared/money/sum.ts';
import type { MoneySum } from '../../shared/money/sum.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Money } from '../../shared/runs/asked.ts';
import type { Spent } from '../history/spending.ts';
import type { History } from '../history/history.ts';
import type { Priced } from '../runs/run-money.ts';
import { Reckoner } from './reckoner.ts';
import type { ReckonerOptions, Request } from './reckoner.ts';

export interface SpendGuardOptions extends ReckonerOptions {
  readonly history: Pick<History, 'spending' | 'kept' | 'keep'>;
  /** Whether what is sent with this profile is paid from the account that the limits are about. */
  readonly counts: (profileId: string) => boolean;
  /** What was spent may be another sum now; told now and then, not for each run. */
  readonly changed: () => void;
}

const KEPT = 'setting:spending';

/** When the period began in which a person said yes, in milliseconds since 1970; null where nobody did. */
type Yeses = Readonly<Record<Period, number | null>>;
const NO_YES: Yeses = { day: null, month: null };

const keptSchema = z.object({
  limits: limitsSchema,
  yes: z.object({ day: z.number().nullable(), month: z.number().nullable() }).catch(NO_YES),
});

/** Milliseconds between two words of a changed sum. */
const PAUSE = 500;

/** What is spent, what may be, and what a request will add to it. */
export class SpendGuard {
  readonly #options: SpendGuardOptions;
  readonly #reckoner: Reckoner;
  readonly #now: () => number;
  #limits: Limits = NO_LIMITS;
  #yes: Yeses = NO_YES;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** `now` in milliseconds since 1970. */
  constructor(options: SpendGuardOptions, now = Date.now) {
    this.#options = options;
    this.#reckoner = new Reckoner(options);
    this.#now = now;
  }

  /** Takes up the limits of the last session. */
  async open(): Promise<void> {
    const kept = keptSchema.safeParse((await this.#options.history.kept(KEPT))?.value);
    if (kept.success) ({ limits: this.#limits, yes: this.#yes } = kept.data);
  }

  /** What each of these would cost with the profile, in their order. Never rejects. */
  reckon(requests: readonly Request[], profileId = this.#options.activeProfile()): Promise<Money[]> {
    return this.#reckoner.reckon(requests, profileId);
  }

  /**
   * Whether these may be sent: fails as `limit` where a limit would be passed by all of them together, whichever key each is
   * paid with. A person's yes holds for the limits it was asked for, until their period ends.
   */
  async allow(runs: readonly Priced[], overLimit: boolean): Promise<Result<null, AppError>> {
    const counting = runs.filter(({ profileId }) => this.#options.counts(profileId));
    if (counting.length === 0 || periods.every((period) => this.#limits[period] === null)) return ok(null);
    const asked = sumOf(counting.map(({ money }) => money.estimate));
    let passing: readonly Passing[];
    try {
      passing = await this.#passing(asked);
    } catch (error) {
      return fail(unread(error));
    }
    if (passing.length === 0) return ok(null);
    if (!overLimit) return fail(limitError(passing, asked));
    const now = this.#now();
    for (const { period } of passing) this.#yes = { ...this.#yes, [period]: startOf(period, now) };
    // A disk that refuses costs another question after the next start, and not this run.
    await this.#keep().catch(() => undefined);
    return ok(null);
  }

  async summary(): Promise<Spending> {
    const [today, month] = await Promise.all([this.#spent('day'), this.#spent('month')]);
    const models = [...new Set(month.map(({ endpointId }) => endpointId))].map((endpointId) => ({
      endpointId,
      today: sumOfRows(today.filter((row) => row.endpointId === endpointId)),
      month: sumOfRows(month.filter((row) => row.endpointId === endpointId)),
    }));
    return {
      today: sumOfRows(today),
      month: sumOfRows(month),
      models: models.toSorted((a, b) => dollarsOf(b.month) - dollarsOf(a.month)),
      limits: this.#limits,
    };
  }

  /** A limit that is set anew asks anew. */
  async setLimits(limits: Limits): Promise<Result<Spending, AppError>> {
    const before = { limits: this.#limits, yes: this.#yes };
    for (const period of periods)
      if (limits[period] !== this.#limits[period]) this.#yes = { ...this.#yes, [period]: null };
    this.#limits = limits;
    try {
      await this.#keep();
    } catch (error) {
      ({ limits: this.#limits, yes: this.#yes } = before);
      return fail(
        appError('storage', 'The limits could not be written down', {
          detail: messageOf(error),
          hint: 'They stay as they were. Make room on the disk, or make it writable, then set them again.',
        }),
      );
    }
    return ok(await this.summary());
  }

  /** A run has changed, and with it, it may be, what is spent. */
  heard(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#options.changed();
    }, PAUSE);
  }

  close(): void {
    clearTimeout(this.#telling);
  }

  async #passing(asked: MoneySum): Promise<Passing[]> {
    const now = this.#now();
    const open: Limits = {
      day: this.#yes.day === startOf('day', now) ? null : this.#limits.day,
      month: this.#yes.month === startOf('month', now) ? null : this.#limits.month,
    };
    const [day, month] = await Promise.all(
      periods.map(async (period) =>
        open[period] === null ? 0 : dollarsOf(sumOfRows(await this.#spent(period))),
      ),
    );
    return passed(open, { day: day ?? 0, month: month ?? 0 }, asked);
  }

  async #spent(period: Period): Promise<Spent[]> {
    const rows = await this.#options.history.spending(startOf(period, this.#now()));
    return rows.filter(({ profileId }) => this.#options.counts(profileId));
  }

  async #keep(): Promise<void> {
    const value = { limits: { ...this.#limits }, yes: { ...this.#yes } };
    await this.#options.history.keep(KEPT, value, this.#now());
  }
}

function sumOfRows(rows: readonly Spent[]): Spending['today'] {
  const amounts = rows.flatMap(({ currency, amount }) => (currency === null ? [] : [{ currency, amount }]));
  return { known: [...sumOf(amounts).known], unknown: rows.reduce((sum, row) => sum + row.unknown, 0) };
}

const unread = (error: unknown): AppError =>
  appError('storage', 'What was spent could not be read', {
    detail: messageOf(error),
    hint: 'Nothing was sent, for it might pass a limit of yours. Try again, or take the limits away in Settings.',
  });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const dollarsOf = (sum: MoneySum): number => amountIn(sum, LIMIT_CURRENCY);
