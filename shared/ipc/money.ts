import * as z from 'zod';
import { MOST_IN_A_BATCH } from '../batch/most.ts';
import { LARGEST_LIMIT } from '../money/limits.ts';
import { moneySchema } from '../runs/asked.ts';
import { jsonObject } from '../runs/run.ts';
import { command, nothing } from './define.ts';

const limit = z.number().min(0).max(LARGEST_LIMIT).nullable();
/** What may be spent without being asked, in dollars; null for no limit. */
export const limitsSchema = z.object({ day: limit, month: limit });

const sumSchema = z.object({
  /** One of each currency. */
  known: z.array(z.object({ amount: z.number(), currency: z.string() })),
  /** Runs whose cost is not known. */
  unknown: z.int(),
});

/** Of fal's runs, or of those of the server that stands in its place; the demo costs nothing. */
export const spendingSchema = z.object({
  /** By this computer's own clock and zone. */
  today: sumSchema,
  month: sumSchema,
  /** Those that were used this month, the dearest first. */
  models: z.array(z.object({ endpointId: z.string(), today: sumSchema, month: sumSchema })),
  limits: limitsSchema,
});
export type Spending = z.infer<typeof spendingSchema>;

export const moneyCommands = {
  'money.summary': command(nothing, spendingSchema),
  'money.setLimits': command(limitsSchema, spendingSchema),
  /** What each of these would cost, in their order. Never fails: what is not known is null. Sends nothing. */
  'money.estimate': command(
    z.object({
      requests: z
        .array(z.object({ endpointId: z.string(), input: jsonObject }))
        .min(1)
        .max(MOST_IN_A_BATCH),
    }),
    z.array(moneySchema),
  ),
};

export const moneyEvents = {
  /** What was spent may be another sum now. */
  'money.changed': nothing,
};
