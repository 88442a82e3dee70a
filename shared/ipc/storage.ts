import * as z from 'zod';
import { appErrorSchema } from '../fal/errors.ts';
import { LARGEST_QUOTA, LEAST_QUOTA } from '../media/quota.ts';
import { command, nothing } from './define.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** So many files of so many bytes. */
const amount = z.object({ files: z.int(), bytes: z.number() });

const quota = z.int().min(LEAST_QUOTA).max(LARGEST_QUOTA).nullable();

/** What the history takes of the disk, in bytes. */
export const roomSchema = z.object({
  files: amount,
  /** The small pictures of lists. */
  small: amount,
  database: z.number(),
  /** What is free for this program; null where the system does not tell. */
  free: z.number().nullable(),
  /** What the files may take; null for no limit. */
  quota,
  /** Files that were taken away to keep within it. */
  takenAway: amount,
});
export type Room = z.infer<typeof roomSchema>;

/** Why a file of a result is not what it was. `taken_away`: to keep within the quota. */
export const fileTroubleSchema = z.object({
  kind: z.enum(['missing', 'altered', 'taken_away']),
  /** When it was taken away, in milliseconds since 1970; null for the others. */
  at: z.int().nullable(),
});
export type FileTrouble = z.infer<typeof fileTroubleSchema>;

/** What is known of the files as a whole. */
export const healthSchema = z.discriminatedUnion('kind', [
  /** Not looked at since the program began. */
  z.object({ kind: z.literal('unknown') }),
  z.object({
    kind: z.literal('verifying'),
    files: z.int(),
    ofFiles: z.int(),
    bytes: z.number(),
    ofBytes: z.number(),
  }),
  z.object({
    kind: z.literal('verified'),
    /** Milliseconds since 1970. */
    at: z.int(),
    files: z.int(),
    bytes: z.number(),
    missing: z.int(),
    altered: z.int(),
    orphans: amount,
    /** Without a row here; kept for a history that was set aside. */
    setAside: amount,
    /** Some of those that are missing or altered, by their hash. */
    troubles: z.array(z.object({ sha256, trouble: fileTroubleSchema })),
  }),
  z.object({ kind: z.literal('repairing'), done: z.int(), of: z.int() }),
  z.object({
    kind: z.literal('repaired'),
    /** Downloaded again and what they were. */
    mended: z.int(),
    /** Whose address now has another file, which was taken in their place. */
    other: z.int(),
    left: z.int(),
    /** Why the first of those that are left could not be had. */
    error: appErrorSchema.nullable(),
    /** Put aside, to go for good after thirty days. */
    removed: amount,
  }),
  z.object({ kind: z.literal('failed'), error: appErrorSchema }),
]);
export type Health = z.infer<typeof healthSchema>;

export const storageCommands = {
  'storage.room': command(nothing, roomSchema),
  /** Answers the room there is once the oldest files beyond it are gone. */
  'storage.setQuota': command(z.object({ bytes: quota }), roomSchema),
  'storage.health': command(nothing, healthSchema),
  /** Begins to read every file; how it goes is told as `storage.changed`. */
  'storage.verify': command(nothing, nothing),
  /** Ends it, or a repair, where it stands. */
  'storage.stop': command(nothing, nothing),
  /** Begins to mend what the last look found. */
  'storage.repair': command(nothing, nothing),
  /** What is the matter with one file, which is read as a whole; null for one that is well. */
  'storage.trouble': command(z.object({ sha256 }), fileTroubleSchema.nullable()),
  /** Downloads a file again from the address a run holds. */
  'storage.fetchAgain': command(z.object({ sha256 }), nothing),
};

export const storageEvents = { 'storage.changed': healthSchema };
