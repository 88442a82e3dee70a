import type { Answer, Exchange } from './types.ts';
import { detail, isObject, listQuery } from './http.ts';
import type { ModelIndex } from './ids.ts';
import { MAX_IDS } from './catalogue.ts';

/** `GET /v1/models/pricing` (fal-protocol §12.2). Ids without a known price are left out. */
export function listPrices(exchange: Exchange, index: ModelIndex): Answer {
  const ids = listQuery(exchange, 'endpoint_id');
  if (ids.length === 0) return detail(422, 'endpoint_id is required');
  if (ids.length > MAX_IDS) return detail(422, `endpoint_id accepts at most ${MAX_IDS} values`);
  const prices = ids.flatMap((id) => {
    const price = index.get(id)?.price;
    return price ? [{ endpoint_id: id, ...price }] : [];
  });
  return { status: 200, body: { prices, next_cursor: null, has_more: false } };
}

/**
 * `POST /v1/models/pricing/estimate` by both its methods (fal-protocol §12.2). Every call of this server's models has cost
 * one unit, so that the history of a price is the price.
 */
export function estimate(body: unknown, index: ModelIndex): Answer {
  if (!isObject(body)) return detail(422, 'An object is required');
  const estimateType = body['estimate_type'];
  if (estimateType !== 'unit_price' && estimateType !== 'historical_api_price') {
    return detail(422, 'estimate_type must be historical_api_price or unit_price');
  }
  const name = estimateType === 'unit_price' ? 'unit_quantity' : 'call_quantity';
  const endpoints = body['endpoints'];
  if (!isObject(endpoints)) return detail(422, 'endpoints must be an object keyed by endpoint id');
  let total = 0;
  for (const [id, asked] of Object.entries(endpoints)) {
    const price = index.get(id)?.price;
    if (!price) return detail(404, `No price is known for '${id}'`);
    const quantity = isObject(asked) ? asked[name] : undefined;
    if (typeof quantity !== 'number' || !(quantity > 0)) {
      return detail(422, `endpoints.${id}.${name} must be a number above 0`);
    }
    total += price.unit_price * quantity;
  }
  // Millionths: sums of binary fractions should not show their noise.
  const totalCost = Math.round(total * 1e6) / 1e6;
  return { status: 200, body: { estimate_type: estimateType, total_cost: totalCost, currency: 'USD' } };
}
