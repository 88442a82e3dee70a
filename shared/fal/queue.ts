import * as z from 'zod';

/** The wire of fal's queue (fal-protocol §4). Read leniently: servers add fields, and leave out what is optional. */

export const logEntrySchema = z.object({
  message: z.string(),
  level: z.string().catch('INFO'),
  timestamp: z.string().catch(''),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** Where it cannot be read it is not known: that must not cost a request id. */
const position = z.int().nullish().catch(null);

export const submitAnswerSchema = z.object({
  request_id: z.string().min(1),
  queue_position: position,
});

const logs = z
  .array(z.unknown())
  .nullish()
  // fal's own documents call it an object (fal-protocol §12.4).
  .catch(null)
  .transform((entries) =>
    (entries ?? []).flatMap((entry) => {
      const parsed = logEntrySchema.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );

/** fal-protocol §4.2: three values only; a failed or cancelled request is COMPLETED too. */
export const queueStatusSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('IN_QUEUE'), queue_position: position, logs }),
  z.object({ status: z.literal('IN_PROGRESS'), logs }),
  z.object({
    status: z.literal('COMPLETED'),
    logs,
    metrics: z.object({ inference_time: z.number().nullish() }).nullish().catch(null),
    error: z.string().nullish().catch(null),
    error_type: z.string().nullish().catch(null),
  }),
]);
export type QueueStatus = z.infer<typeof queueStatusSchema>;

/** fal-protocol §4.5. */
export const cancelWords = ['OK', 'CANCELLATION_REQUESTED', 'ALREADY_COMPLETED', 'NOT_FOUND'] as const;
export type CancelWord = (typeof cancelWords)[number];
