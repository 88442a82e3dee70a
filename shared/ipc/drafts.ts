import * as z from 'zod';
import { jsonObject } from '../runs/run.ts';
import { command, nothing } from './define.ts';

const endpointId = z.string().min(1).max(300);

/** What was typed and not yet run, kept by model across restarts. */
export const draftCommands = {
  /** The model's draft, if there is one; the model becomes the one opened at the next start. */
  'drafts.open': command(z.object({ endpointId }), jsonObject.nullable()),
  'drafts.save': command(z.object({ endpointId, input: jsonObject }), nothing),
  /** The model that was opened last where the active profile leads. */
  'drafts.last': command(nothing, endpointId.nullable()),
};
