import * as z from 'zod';

const decision = z.enum(['hide', 'forbid', 'allow']);

/** How long a file is kept, a number being seconds, and who may read it. `never` leaves it to the account. */
export const lifecycleSchema = z.strictObject({
  expiresIn: z
    .union([z.enum(['never', 'immediate', '1h', '1d', '7d', '30d', '1y']), z.int().positive()])
    .optional(),
  initialAcl: z
    .strictObject({
      default: decision,
      rules: z.array(z.strictObject({ user: z.string().min(1), decision })).optional(),
    })
    .optional(),
});
export type Lifecycle = z.infer<typeof lifecycleSchema>;
