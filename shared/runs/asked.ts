import * as z from 'zod';
import { requestOptionsSchema } from '../fal/request-options.ts';
import { methods } from './methods.ts';

export type { Method } from './methods.ts';

export const methodSchema = z.enum(methods);

const axisSchema = z.object({
  /** From 0. */
  index: z.int().min(0),
  /** What all runs at this index share, as a person reads it: a model's id, `seed 7`, `steps 28`. */
  label: z.string(),
});

/** The runs of one press: the same request on several models, with several seeds, or over a grid of values. */
export const batchPlaceSchema = z.object({
  /** The same for all of them, and time-ordered like a run's id. */
  id: z.int().positive(),
  kind: z.enum(['models', 'seeds', 'sweep']),
  /** How many runs the press asked for. */
  size: z.int().min(1),
  column: axisSchema,
  row: axisSchema,
});
export type BatchPlace = z.infer<typeof batchPlaceSchema>;

export const amountSchema = z.object({ amount: z.number().nonnegative(), currency: z.string() });
export type Amount = z.infer<typeof amountSchema>;

/** What a run costs, as far as it is known; nothing of it is ever guessed. */
export const moneySchema = z.object({
  /** Reckoned before it was sent; null where the unit cannot be counted from the request. */
  estimate: amountSchema.nullable(),
  /** What a unit cost when it was sent (fal-protocol §12.2); null where fal named none. */
  price: z.object({ amount: z.number(), unit: z.string(), currency: z.string() }).nullable(),
  /** Units fal charges, as it said with the answer (fal-protocol §10); null where it did not. */
  billableUnits: z.number().nullable(),
});
export type Money = z.infer<typeof moneySchema>;

/** Of what nothing is known to cost. */
export const NO_MONEY: Money = { estimate: null, price: null, billableUnits: null };

/** What stands beside the input of a run that is to be started. */
export const askedSchema = z.object({ method: methodSchema, options: requestOptionsSchema });
export type Asked = z.infer<typeof askedSchema>;

/** A run of its own with nothing beside its input, as those of before there was anything. */
export const PLAIN = { method: 'queue', options: {}, batch: null, money: NO_MONEY } as const;
