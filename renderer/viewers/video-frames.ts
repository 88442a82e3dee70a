import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';

/** Frames a second where neither the model nor the film itself has told. */
export const USUAL_FPS = 30;
const MOST_FPS = 240;

/** Frames a second as the model tells of its video at `path` (`fps` of a VideoFile); null where it does not. */
export function fpsOf(output: JsonValue, path: readonly (string | number)[]): number | null {
  const file = path.reduce<JsonValue | undefined>((value, step) => {
    if (Array.isArray(value) && typeof step === 'number') return value[step];
    return isJsonObject(value) && typeof step === 'string' && Object.hasOwn(value, step)
      ? value[step]
      : undefined;
  }, output);
  const fps = isJsonObject(file) ? file['fps'] : undefined;
  return typeof fps === 'number' && fps > 0 && fps <= MOST_FPS ? fps : null;
}

/** Frames a second as two frames that were shown one after the other tell; null where others lay between. */
export function fpsBetween(before: number, after: number): number | null {
  const seconds = after - before;
  return seconds >= 1 / MOST_FPS && seconds <= 1 / 10 ? 1 / seconds : null;
}

/**
 * Seconds at which the next or the last frame is seen: its middle, because a moment at its edge may be rounded to its
 * neighbour. Never before the first frame nor after the last.
 */
export function frameBeside(time: number, direction: 1 | -1, fps: number, duration: number): number {
  const last = Math.max(0, Math.ceil(duration * fps - 0.01) - 1);
  // What is seen at the very beginning of a frame is that frame, however the number was rounded.
  const now = Math.floor(time * fps + 0.01);
  const frame = Math.min(last, Math.max(0, now + direction));
  return Math.min((frame + 0.5) / fps, duration);
}
