import type { LogEntry } from '../../shared/fal/queue.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { progressOf } from './words.ts';

const SHARES = ['progress', 'percentage', 'percent', 'progress_percentage'];
const STEPS = ['step', 'current_step', 'steps_completed', 'completed_steps'];
const TOTALS = ['steps', 'total_steps', 'num_steps', 'num_inference_steps', 'total'];

/**
 * How far a run is, 0 to 1, as what it has brought so far tells: a share by name, or a step of so many. A share past 1 is of a
 * hundred; 1 itself is the whole unless its name says percent. Null where it does not tell.
 */
export function progressIn(output: JsonValue | undefined): number | null {
  if (!isJsonObject(output)) return null;
  for (const name of SHARES) {
    const value = numberAt(output, name);
    if (value === null || value < 0 || value > 100) continue;
    return value > 1 || name.includes('percent') ? value / 100 : value;
  }
  const step = firstOf(output, STEPS);
  const total = firstOf(output, TOTALS);
  return step === null || total === null || total <= 0 || step < 0 || step > total ? null : step / total;
}

/** What the output says counts; else the newest log line that tells. */
export function runProgress(output: JsonValue | undefined, logs: readonly LogEntry[]): number | null {
  return progressIn(output) ?? progressOf(logs);
}

const numberAt = (object: JsonObject, name: string): number | null => {
  const value = object[name];
  return typeof value === 'number' ? value : null;
};

const firstOf = (object: JsonObject, names: readonly string[]): number | null =>
  names.reduce<number | null>((found, name) => found ?? numberAt(object, name), null);
