import * as z from 'zod';

/** One line of the table; null where there is nothing of the kind. */
export const rowSchema = z.object({
  name: z.string(),
  unit: z.string(),
  ours: z.number().nullable(),
  /** The same work done by fal's own client, in the same run. */
  official: z.number().nullable(),
  /** The same work done with as little code as can be, in the same run. */
  limit: z.number().nullable(),
  goal: z.string(),
  met: z.boolean(),
});
export type Row = z.infer<typeof rowSchema>;

export interface Bench {
  /** What `--only` knows it by. */
  readonly name: string;
  /** Rows in the order of the table. `say` is for what a person waits for. */
  readonly run: (say: (line: string) => void) => Promise<readonly Row[]>;
}
