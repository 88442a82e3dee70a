import * as z from 'zod';
import { runIdSchema } from '../runs/run.ts';
import { LONGEST_LORA_NAME, LONGEST_LORA_PATH } from '../shelf/find-loras.ts';
import { command, nothing } from './define.ts';

/** LoRA weights put by to be used again. */
export const loraSchema = z.object({
  id: z.string().min(1).max(300),
  name: z.string().trim().min(1).max(LONGEST_LORA_NAME),
  /** What a request names them by: an address, an id of a hub, or `media:<sha256>`. */
  path: z.string().trim().min(1).max(LONGEST_LORA_PATH),
  /** What the prompt has to say for them to count; empty where there is none. */
  triggerWord: z.string().trim().max(200),
  scale: z.number().min(-10).max(10),
  /** The training they came of; null for those added by hand. */
  from: z.object({ endpointId: z.string(), runId: runIdSchema }).nullable(),
});
export type Lora = z.infer<typeof loraSchema>;
export const shelfSchema = z.array(loraSchema);

/** Each answers the shelf as it is then, the newest first. */
export const shelfCommands = {
  'shelf.list': command(nothing, shelfSchema),
  /** Adds, or takes the place of the one with the same id. */
  'shelf.put': command(loraSchema, shelfSchema),
  'shelf.remove': command(z.object({ id: z.string() }), shelfSchema),
};

export const shelfEvents = { 'shelf.changed': shelfSchema };
