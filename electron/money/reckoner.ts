import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { readCostBasis } from '../../shared/money/basis.ts';
import type { CostBasis } from '../../shared/money/basis.ts';
import { moneyOf, needsBasis } from '../../shared/money/estimate.ts';
import type { Result } from '../../shared/result.ts';
import type { Money } from '../../shared/runs/asked.ts';
import type { PriceBook } from '../models/price-book.ts';

export interface ReckonerOptions {
  readonly prices: Pick<PriceBook, 'of'>;
  readonly document: (endpointId: string) => Promise<Result<JsonValue, AppError>>;
  readonly activeProfile: () => string;
}

export interface Request {
  readonly endpointId: string;
  readonly input: JsonObject;
}

/** Milliseconds a run waits to learn its price: it goes without, rather than late. */
const PATIENCE = 1500;
/** Milliseconds; a model may be changed at any time. */
const FRESH = 600_000;
const MOST_KEPT = 100;

/** What requests will cost, by their prices and the models' own documents. */
export class Reckoner {
  readonly #options: ReckonerOptions;
  readonly #bases = new Map<string, { readonly basis: CostBasis | null; readonly at: number }>();

  constructor(options: ReckonerOptions) {
    this.#options = options;
  }

  /** In their order. Never rejects, and never takes long: what cannot be learned in time is left out. */
  async reckon(requests: readonly Request[], profileId: string): Promise<Money[]> {
    const ids = [...new Set(requests.map(({ endpointId }) => endpointId))];
    const prices = await inTime(this.#options.prices.of(ids, profileId), {});
    const needed = ids.filter((id) => needsBasis(prices[id] ?? null));
    const bases = new Map(
      await Promise.all(
        needed.map(async (id) => [id, await inTime(this.#basis(id, profileId), null)] as const),
      ),
    );
    return requests.map(({ endpointId, input }) =>
      moneyOf(prices[endpointId] ?? null, bases.get(endpointId) ?? null, input),
    );
  }

  async #basis(endpointId: string, profileId: string): Promise<CostBasis | null> {
    // Another profile may lead to another server, with another model of this name.
    const key = `${profileId}\n${endpointId}`;
    const kept = this.#bases.get(key);
    if (kept !== undefined && Date.now() - kept.at < FRESH) return kept.basis;
    // Documents are those of the active profile's server.
    if (profileId !== this.#options.activeProfile()) return null;
    const document = await this.#options.document(endpointId);
    if (!document.ok) return null;
    const basis = readCostBasis(document.value);
    this.#bases.delete(key);
    this.#bases.set(key, { basis, at: Date.now() });
    const [oldest] = this.#bases.keys();
    if (this.#bases.size > MOST_KEPT && oldest !== undefined) this.#bases.delete(oldest);
    return basis;
  }
}

/** What comes of it, or `otherwise` where that fails or takes too long. */
async function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE);
  });
  return Promise.race([work.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
}
