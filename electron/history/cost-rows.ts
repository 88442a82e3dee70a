import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { parseJson } from '../../shared/json.ts';
import { moneySchema, NO_MONEY } from '../../shared/runs/asked.ts';
import { costOf } from '../../shared/runs/cost.ts';
import { runStateKindSchema } from '../../shared/runs/run.ts';
import type { RunId } from '../../shared/runs/run.ts';

const rowSchema = z.object({
  id: z.int(),
  endpoint_id: z.string(),
  profile_id: z.string(),
  request_id: z.string().nullable(),
  state_kind: runStateKindSchema,
  money: z.string(),
  cost: z.number().nullable(),
  currency: z.string().nullable(),
});

/** What one run cost, as it counts among what was spent. */
export interface CostRow {
  readonly id: RunId;
  readonly endpointId: string;
  readonly profileId: string;
  readonly requestId: string | null;
  readonly state: z.infer<typeof runStateKindSchema>;
  /** As fal charged them; null where it did not say. */
  readonly units: number | null;
  readonly unit: string | null;
  readonly unitPrice: number | null;
  readonly cost: number | null;
  readonly currency: string | null;
  /** Whether fal said what it charged, it was reckoned before, nothing was charged, or it is not known. */
  readonly basis: 'charged' | 'estimate' | 'free' | 'unknown';
}

/** In the order of the ids; those that are gone, or cannot be read, are passed over. */
export function costRows(db: DatabaseSync, ids: readonly RunId[]): CostRow[] {
  const read = db.prepare(
    'SELECT id, endpoint_id, profile_id, request_id, state_kind, money, cost, currency FROM runs WHERE id = ?',
  );
  return ids.flatMap((id) => {
    const row = rowSchema.safeParse(read.get(id));
    if (!row.success) return [];
    const { cost, currency } = row.data;
    const parsed = parseJson(row.data.money);
    const money = moneySchema.safeParse(parsed.ok ? parsed.value : null).data ?? NO_MONEY;
    const known = cost === null ? 'unknown' : cost === 0 ? 'free' : 'estimate';
    return {
      id,
      endpointId: row.data.endpoint_id,
      profileId: row.data.profile_id,
      requestId: row.data.request_id,
      state: row.data.state_kind,
      units: money.billableUnits,
      unit: money.price?.unit ?? null,
      unitPrice: money.price?.amount ?? null,
      cost,
      currency,
      basis: costOf(money) === null || cost === null ? known : 'charged',
    };
  });
}
