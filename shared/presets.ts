/** Characters. */
export const LONGEST_PRESET_NAME = 80;

/** Characters of a preset's file; a request that long is none a person has put by. */
export const MOST_PRESET_TEXT = 8_000_000;

/** Whether two names are one to a person. */
export function samePresetName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
