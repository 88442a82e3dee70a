import * as z from 'zod';
import { fullPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { exchangeOk } from './http.ts';

const pricesSchema = z.object({ prices: z.array(z.unknown()) });
const priceSchema = z.object({
  endpoint_id: z.string(),
  unit_price: z.number(),
  unit: z.string(),
  currency: z.string().catch('USD'),
});
export type ReadPrice = z.infer<typeof priceSchema>;

/** Endpoints that fal prices in one answer. */
const MOST_AT_ONCE = 50;

/** The price of one unit (fal-protocol §12.2); null where fal names none. */
export async function readPrice(
  connection: FalConnection,
  id: EndpointId,
  signal: AbortSignal,
): Promise<Result<ReadPrice | null, AppError>> {
  const read = await readPrices(connection, [id], signal);
  return read.ok ? ok(read.value.get(fullPath(id)) ?? null) : read;
}

/** The prices of many, by whole id; fifty to a request. What fal names no price for is not in it. */
export async function readPrices(
  connection: FalConnection,
  ids: readonly EndpointId[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, ReadPrice>, AppError>> {
  const asked = [...new Set(ids.map(fullPath))];
  const prices = new Map<string, ReadPrice>();
  for (let from = 0; from < asked.length; from += MOST_AT_ONCE) {
    const some = asked.slice(from, from + MOST_AT_ONCE);
    const query = new URLSearchParams(some.map((id): [string, string] => ['endpoint_id', id]));
    const url = `${connection.hosts.api}/v1/models/pricing?${query}`;
    const answer = await exchangeOk(connection, { method: 'GET', url, retry: 'read', signal });
    if (!answer.ok) return answer;
    const page = pricesSchema.safeParse(answer.value.body);
    if (!page.success)
      return fail(
        appError('protocol', 'fal’s prices cannot be read', { detail: z.prettifyError(page.error) }),
      );
    for (const entry of page.data.prices) {
      const price = priceSchema.safeParse(entry).data;
      if (price !== undefined && some.includes(price.endpoint_id)) prices.set(price.endpoint_id, price);
    }
  }
  return ok(prices);
}

/**
 * What an estimate counts (fal-protocol §12.2).
 * - `calls`  calls, at what calls of that model have cost so far
 * - `units`  units of the model's price: pictures, seconds, megapixels
 */
export type Counted = 'calls' | 'units';

const METHODS = {
  calls: { estimate_type: 'historical_api_price', quantity: 'call_quantity' },
  units: { estimate_type: 'unit_price', quantity: 'unit_quantity' },
} as const satisfies Record<Counted, object>;

const quantitySchema = { calls: z.int().positive(), units: z.number().positive() } as const;

const estimateSchema = z.object({
  estimate_type: z.string(),
  total_cost: z.number().nonnegative(),
  currency: z.string().catch('USD'),
});
export type Estimate = z.infer<typeof estimateSchema>;

/** What so many calls, or units, of these endpoints would cost together, as fal reckons. Costs nothing to ask. */
export async function estimateCost(
  connection: FalConnection,
  counted: Counted,
  quantities: readonly (readonly [EndpointId, number])[],
  signal: AbortSignal,
): Promise<Result<Estimate, AppError>> {
  const { estimate_type, quantity } = METHODS[counted];
  const wrong = quantities.find(([, count]) => !quantitySchema[counted].safeParse(count).success);
  if (wrong !== undefined || quantities.length === 0)
    return fail(
      appError('input', 'This cannot be estimated', {
        detail:
          wrong === undefined
            ? 'No model was named.'
            : `${wrong[1]} ${counted} of ${fullPath(wrong[0])}: ${counted === 'calls' ? 'a whole number' : 'a number'} above 0 is needed.`,
        hint: 'Nothing was sent.',
      }),
    );
  const endpoints = Object.fromEntries(
    quantities.map(([id, count]) => [fullPath(id), { [quantity]: count }]),
  );
  const answer = await exchangeOk(connection, {
    method: 'POST',
    url: `${connection.hosts.api}/v1/models/pricing/estimate`,
    body: { estimate_type, endpoints },
    retry: 'read',
    signal,
  });
  if (!answer.ok) return answer;
  const parsed = estimateSchema.safeParse(answer.value.body);
  return parsed.success
    ? ok(parsed.data)
    : fail(appError('protocol', 'fal’s estimate cannot be read', { detail: z.prettifyError(parsed.error) }));
}
