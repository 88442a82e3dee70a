import * as z from 'zod';
import { LONGEST_PRESET_NAME, MOST_PRESET_TEXT } from '../presets.ts';
import { jsonObject } from '../runs/run.ts';
import { command } from './define.ts';

const endpointId = z.string().min(1).max(300);
const name = z.string().trim().min(1).max(LONGEST_PRESET_NAME);

/** A draft put by under a name; names are a model's own, and differ in more than their case. */
export const presetSchema = z.object({
  name,
  input: jsonObject,
  /** Milliseconds since 1970 when it was saved. */
  at: z.int(),
});
export type Preset = z.infer<typeof presetSchema>;
const presets = z.array(presetSchema);

/** A preset as it comes out of a file, not kept yet. */
export const foundPresetSchema = z.object({ endpointId, name, input: jsonObject });
export type FoundPreset = z.infer<typeof foundPresetSchema>;

export const presetCommands = {
  /** The model's presets, the newest first. */
  'presets.list': command(z.object({ endpointId }), presets),
  /** Takes the place of one of the same name. Answers the model's presets as they are then, as the others do. */
  'presets.save': command(z.object({ endpointId, name, input: jsonObject }), presets),
  'presets.rename': command(z.object({ endpointId, from: name, to: name }), presets),
  'presets.remove': command(z.object({ endpointId, name }), presets),
  /** Asks for a place and writes the preset as a file; null when the person changed their mind. */
  'presets.share': command(
    z.object({ endpointId, name }),
    /** How many files of this computer its copy does without. */
    z.object({ filesLeftOut: z.int() }).nullable(),
  ),
  /** What a file's text says; nothing is kept by it. */
  'presets.read': command(z.object({ text: z.string().max(MOST_PRESET_TEXT) }), foundPresetSchema),
};
