/** Characters. */
export const LONGEST_PRESET_NAME = 80;

/** Characters of a preset's file; a request that long is none a person has put by. */
export const MOST_PRESET_TEXT = 8_000_000;

/** Whether two names are one to a person. */
export function samePresetName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The name, or the first of "name 2", "name 3" and so on that is not taken. */
export function freePresetName(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : ` ${number}`;
    const free =
      name
        .trim()
        .slice(0, LONGEST_PRESET_NAME - ending.length)
        .trim() + ending;
    if (!taken.some((other) => samePresetName(other, free))) return free;
  }
}
