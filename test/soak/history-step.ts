import * as z from 'zod';

/** One change of one run, as the program that is killed says it before it asks for it. */
export const stepSchema = z.object({
  id: z.int(),
  act: z.discriminatedUnion('kind', [
    /** `word` stands in its prompt and nowhere else. */
    z.object({ kind: z.literal('started'), word: z.string() }),
    z.object({ kind: z.literal('logged'), message: z.string() }),
    z.object({ kind: z.literal('ended'), sha256: z.string() }),
    z.object({ kind: z.literal('starred'), star: z.boolean() }),
    /** `word` is the note. */
    z.object({ kind: z.literal('noted'), word: z.string() }),
    z.object({ kind: z.literal('tagged'), tag: z.string(), on: z.boolean() }),
    z.object({ kind: z.literal('trashed') }),
    z.object({ kind: z.literal('restored') }),
    z.object({ kind: z.literal('purged') }),
  ]),
});
export type Step = z.infer<typeof stepSchema>;

/** A line of the program that is killed. `n` counts its steps; `done` once the history has answered. */
export const saidSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), setAside: z.string().nullable(), unwritable: z.string().nullable() }),
  z.object({ type: z.literal('begins'), n: z.int(), step: stepSchema }),
  z.object({ type: z.literal('done'), n: z.int() }),
]);
export type Said = z.infer<typeof saidSchema>;

/** What a history has to say of one run. */
export interface Standing {
  readonly over: boolean;
  readonly logs: readonly string[];
  readonly sha256: string | null;
  readonly star: boolean;
  readonly note: string;
  readonly tags: readonly string[];
  readonly trashed: boolean;
}

/** A run after a step; null where it is not, or no more. */
export function after(before: Standing | null, { act }: Step): Standing | null {
  if (act.kind === 'started')
    return { over: false, logs: [], sha256: null, star: false, note: '', tags: [], trashed: false };
  if (before === null) return null;
  switch (act.kind) {
    case 'logged':
      return { ...before, logs: [...before.logs, act.message] };
    case 'ended':
      return { ...before, over: true, sha256: act.sha256 };
    case 'starred':
      return { ...before, star: act.star };
    case 'noted':
      return { ...before, note: act.word };
    case 'tagged': {
      const others = before.tags.filter((tag) => tag !== act.tag);
      return { ...before, tags: act.on ? [...others, act.tag].toSorted() : others };
    }
    case 'trashed':
      // What is under way stays.
      return before.over ? { ...before, trashed: true } : before;
    case 'restored':
      return { ...before, trashed: false };
    case 'purged':
      return before.trashed ? null : before;
  }
}
