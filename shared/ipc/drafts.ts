import * as z from 'zod';
import { jsonObject } from '../runs/run.ts';
import { command, nothing } from './define.ts';

/** Each screen opens at the next start with the model it had last. */
export const draftPlaces = ['playground', 'realtime'] as const;
const place = z.enum(draftPlaces);
export type DraftPlace = z.infer<typeof place>;

const endpointId = z.string().min(1).max(300);

/** What was typed and not yet run, kept by model across restarts. */
export const draftCommands = {
  /** The model's draft, if there is one; the model becomes the one that `place` opens at the next start. */
  'drafts.open': command(z.object({ endpointId, place }), jsonObject.nullable()),
  /** The model's draft, only looked at. */
  'drafts.kept': command(z.object({ endpointId }), jsonObject.nullable()),
  'drafts.save': command(z.object({ endpointId, input: jsonObject }), nothing),
  /** The model that `place` had open last where the active profile leads. */
  'drafts.last': command(z.object({ place }), endpointId.nullable()),
};
