import type { LogEntry } from '../../shared/fal/queue.ts';

const numbers = new WeakMap<LogEntry, number>();
let last = 0;

/** A number of its own for every line, which it keeps while the lines before it go. */
export function numberOf(entry: LogEntry): number {
  const known = numbers.get(entry);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(entry, last);
  return last;
}

/** Where the lines stand that hold the query, whatever the size of its letters. */
export function linesWith(lines: readonly LogEntry[], query: string): readonly number[] {
  if (query === '') return [];
  const wanted = query.toLowerCase();
  return lines.flatMap(({ message }, index) => (message.toLowerCase().includes(wanted) ? [index] : []));
}

/** As it is copied: time, level, message, a line each. */
export const logText = (lines: readonly LogEntry[]): string =>
  lines
    .map(({ timestamp, level, message }) => [timestamp, level, message].filter(Boolean).join(' '))
    .join('\n');

/** What a level is worth to a person. Runners write all they have to say to stderr, so that it is no sign of trouble. */
export function toneOf(level: string): 'error' | 'warning' | 'plain' | 'faint' {
  if (/ERROR|CRITICAL|FATAL/i.test(level)) return 'error';
  if (/WARN/i.test(level)) return 'warning';
  return /DEBUG|TRACE/i.test(level) ? 'faint' : 'plain';
}

/** `14:05:09.120`; as sent where it is no date. */
export function timeOf(timestamp: string): string {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return timestamp;
  return `${time.toLocaleTimeString('en-GB')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
