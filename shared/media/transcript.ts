import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** Something that is said from one moment to another. */
export interface TimedLine {
  /** Seconds from the beginning. */
  readonly start: number;
  /** Seconds; null where only the beginning is told. */
  readonly end: number | null;
  /** "" where only times are told, as a detector of speech does. */
  readonly text: string;
  /** Who says it, as the model calls them. */
  readonly speaker: string | null;
}

export interface Transcript {
  /** Where in the output. */
  readonly path: readonly string[];
  readonly lines: readonly TimedLine[];
}

/** Lines of one transcript; of a longer one the JSON tells the rest. */
const MOST_LINES = 20_000;
const DEEPEST = 4;
/** Items that must look like lines before a list counts as a transcript. */
const LOOKED_AT = 50;

/**
 * The transcripts in an output, the whole lines before the single words: lists of objects with times, as `chunks`
 * (`timestamp: [s, s]`), `segments`, `words` or `timestamps` have them. What is given word by word is put together to lines.
 */
export function transcriptsIn(output: JsonValue): readonly Transcript[] {
  const found: (Transcript & { readonly single: boolean })[] = [];
  const visit = (value: JsonValue, path: readonly string[]): void => {
    if (path.length > DEEPEST) return;
    if (isJsonObject(value)) for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    if (!isList(value)) return;
    const lines = linesOf(value);
    if (lines === null) return;
    const single = areWords(value, path.at(-1) ?? '');
    found.push({ path, single, lines: single ? joined(lines) : lines });
  };
  visit(output, []);
  const whole = found.filter(({ single }) => !single);
  // The same words again, one by one, say nothing more.
  const told = whole.some(({ lines }) => lines.some(({ text }) => text !== '')) ? whole : found;
  return told.map(({ path, lines }) => ({ path, lines }));
}

function linesOf(list: readonly JsonValue[]): readonly TimedLine[] | null {
  if (list.length === 0 || list.slice(0, LOOKED_AT).some((item) => lineOf(item) === null)) return null;
  return list.slice(0, MOST_LINES).flatMap((item) => lineOf(item) ?? []);
}

function lineOf(item: JsonValue): TimedLine | null {
  if (!isJsonObject(item)) return null;
  const times = timesOf(item);
  if (times === null) return null;
  return {
    ...times,
    text:
      first(item, [
        'text',
        'word',
        'punctuated_word',
        'sentence',
        'transcript',
        'caption',
        'content',
        'description',
      ]) ?? '',
    speaker: first(item, ['speaker', 'speaker_id', 'speaker_label']) ?? null,
  };
}

function timesOf(item: JsonObject): Pick<TimedLine, 'start' | 'end'> | null {
  const pair = item['timestamp'] ?? item['timestamps'] ?? item['span'];
  if (isList(pair)) {
    const [start, end] = pair;
    return pair.length === 2 && isTime(start) ? { start, end: isTime(end) ? end : null } : null;
  }
  for (const [from, to, scale] of TIMES) {
    const start = item[from];
    const end = item[to];
    if (isTime(start) && (end === null || end === undefined || isTime(end)))
      return { start: start * scale, end: isTime(end) ? end * scale : null };
  }
  return null;
}

/** Names of beginning and end, and how many seconds one of them is. */
const TIMES = [
  ['start', 'end', 1],
  ['start_time', 'end_time', 1],
  ['start_seconds', 'end_seconds', 1],
  ['start_ms', 'end_ms', 0.001],
] as const;

const isTime = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

function first(item: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = item[name];
    if (typeof value === 'string') return value.trim();
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

function areWords(list: readonly JsonValue[], name: string): boolean {
  return (
    /words?$/i.test(name) || list.slice(0, LOOKED_AT).some((item) => isJsonObject(item) && 'word' in item)
  );
}

/** Seconds of silence after which a new line begins. */
const PAUSE = 1;
const LONGEST_LINE = 90;

/** Words as lines: each ends with its sentence, its speaker, a pause, or where it grows too long. */
function joined(words: readonly TimedLine[]): readonly TimedLine[] {
  const lines: TimedLine[] = [];
  let ended = true;
  for (const word of words) {
    // Some models give the blanks between the words as words.
    if (word.text === '') continue;
    const last = lines.at(-1);
    const goesOn =
      !ended &&
      last !== undefined &&
      last.speaker === word.speaker &&
      word.start - (last.end ?? last.start) < PAUSE &&
      last.text.length + word.text.length < LONGEST_LINE;
    if (goesOn) lines[lines.length - 1] = { ...last, end: word.end, text: `${last.text} ${word.text}` };
    else lines.push(word);
    ended = /[.!?…。！？]["'”’)]?$/.test(word.text);
  }
  return lines;
}

/** `0:04`, `12:07`, `1:02:03`; with `tenths`, `0:04.2`. */
export function moment(seconds: number, tenths = false): string {
  const all = Math.floor(Math.max(0, seconds) * 10 + 1e-6);
  const whole = Math.floor(all / 10);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const tail = `${String(whole % 60).padStart(2, '0')}${tenths ? `.${all % 10}` : ''}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** Whether lines follow each other so closely that seconds do not tell them apart. */
export const areClose = (lines: readonly TimedLine[]): boolean =>
  lines.some(({ start }, i) => i > 0 && Math.floor(start) === Math.floor(lines[i - 1]?.start ?? -1));

/** As words alone, one line each, with its speaker where one is told. */
export const plainText = (lines: readonly TimedLine[]): string =>
  lines.map(({ speaker, text }) => (speaker === null ? text : `${speaker}: ${text}`)).join('\n');

/** As SubRip. A line without an end lasts until the next begins, the last one three seconds. */
export function subRip(lines: readonly TimedLine[]): string {
  return lines
    .map(({ start, end, speaker, text }, i) => {
      const until = end ?? lines[i + 1]?.start ?? start + 3;
      const words = speaker === null ? text : `${speaker}: ${text}`;
      // An empty line would end the entry.
      return `${i + 1}\n${srtTime(start)} --> ${srtTime(until)}\n${words.replace(/\n\s*\n/g, '\n')}\n`;
    })
    .join('\n');
}

function srtTime(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (n: number): string => String(Math.floor(n) % 60).padStart(2, '0');
  const hours = String(Math.floor(ms / 3_600_000)).padStart(2, '0');
  return `${hours}:${two(ms / 60_000)}:${two(ms / 1000)},${String(ms % 1000).padStart(3, '0')}`;
}

const CUE = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;

/** Reads SubRip or WebVTT; marks within the words are left out. No line where the text is neither. */
export function readSubtitles(text: string): readonly TimedLine[] {
  const lines: TimedLine[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)) {
    const rows = block.split('\n');
    const at = rows.findIndex((row) => CUE.test(row));
    const cue = CUE.exec(rows[at] ?? '');
    if (cue === null) continue;
    const words = rows.slice(at + 1).join('\n');
    lines.push({
      start: secondsOf(cue.slice(1, 5)),
      end: secondsOf(cue.slice(5, 9)),
      text: words.replace(/<[^<>\n]{0,200}>/g, '').trim(),
      speaker: /^<v(?:\.[^ >]*)? ([^>]{1,100})>/.exec(words)?.[1] ?? null,
    });
    if (lines.length === MOST_LINES) break;
  }
  return lines;
}

function secondsOf([hours = '0', minutes = '0', seconds = '0', part = '0']: readonly string[]): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(part.padEnd(3, '0')) / 1000;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
