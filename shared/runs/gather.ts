import { isJsonObject, stringifyJson } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { findMedia } from '../media/find.ts';

/**
 * What a stream has brought, put together. By custom each event is the output as far as it goes, and the last one is the
 * output (fal-protocol §6); language models send the text in pieces instead, and then it is the sum of them.
 */
export interface Gathered {
  /** In the form of the output, as far as it goes; null before anything came. */
  readonly output: JsonValue;
  readonly text: Text | null;
}

/** A text that comes in pieces, or may do so. */
type Text =
  /** Events that are nothing but a piece. */
  | { readonly kind: 'bare'; readonly sum: string }
  /** `{ choices: [{ index, delta: { content } }] }`, as OpenAI’s chat completions; a text for each choice. */
  | { readonly kind: 'choices'; readonly sums: readonly string[] }
  /** `{ delta: "…" }` or `{ delta: { text: "…" } }`. */
  | { readonly kind: 'delta'; readonly sum: string }
  /** A named text that may be a piece or the whole so far: what it is shows in how it goes on. */
  | {
      readonly kind: 'named';
      readonly key: string;
      readonly mode: Mode;
      readonly last: string;
      readonly sum: string;
    };

/** `grown`: one text has begun with the other. So do pieces now and then, as " " and " the". */
type Mode = 'unknown' | 'grown' | 'whole' | 'pieces';

export const NOTHING_GATHERED: Gathered = { output: null, text: null };

/** With one more event: JSON, or the text of an event that is none. */
export function gather(gathered: Gathered, event: JsonValue): Gathered {
  if (typeof event === 'string') return withBare(gathered, event);
  if (!isJsonObject(event)) {
    // A piece of a text may look like a number.
    const isPiece = gathered.text?.kind === 'bare' && !Array.isArray(event);
    return isPiece ? withBare(gathered, stringifyJson(event)) : { output: event, text: null };
  }
  return withChoices(gathered, event) ?? withDelta(gathered, event) ?? withNamed(gathered, event);
}

/** The model's own words for what went wrong, where that is all an output says; null where it says something else. */
export function failureIn(output: JsonValue): string | null {
  if (!isJsonObject(output)) return null;
  const { error, detail, ...rest } = output;
  if (error === undefined || error === null || error === false || error === '' || error === 0) return null;
  if (Object.entries(rest).some(isContent) || findMedia(rest).length > 0) return null;
  const told = [detail, error, isJsonObject(error) ? error['message'] : undefined];
  return told.find((words) => typeof words === 'string') ?? stringifyJson(error);
}

/** Lists and objects beside an error are what the model made, but for those that only measure. */
function isContent([key, value]: readonly [string, JsonValue]): boolean {
  if (typeof value === 'string') return TEXT_KEYS.includes(key) && value !== '';
  if (typeof value !== 'object' || value === null || MEASURES.includes(key)) return false;
  return Object.keys(value).length > 0;
}

const MEASURES = ['timings', 'metrics', 'usage', 'logs'];

function withBare(gathered: Gathered, event: string): Gathered {
  const { output, text } = gathered;
  // A mark of the end, as `[DONE]`, is no part of what came before it.
  if (event.trim() === '[DONE]' || (output !== null && text?.kind !== 'bare')) return gathered;
  const sum = (text?.kind === 'bare' ? text.sum : '') + event;
  return { output: sum, text: { kind: 'bare', sum } };
}

function withChoices(gathered: Gathered, event: JsonObject): Gathered | null {
  const { choices, ...rest } = event;
  const before = gathered.text?.kind === 'choices' ? gathered.text.sums : [];
  const known = isJsonObject(gathered.output) ? gathered.output : {};
  if (!Array.isArray(choices)) return null;
  const deltas = choices.filter(isChunk);
  // The last of them may hold nothing but what it all cost.
  if (deltas.length === 0) {
    if (gathered.text?.kind !== 'choices' || choices.length > 0) return null;
    return { ...gathered, output: { ...known, ...rest } };
  }
  const sums = [...before];
  const ends: JsonValue[] = [];
  for (const choice of deltas) {
    const at = typeof choice['index'] === 'number' ? choice['index'] : 0;
    if (!Number.isInteger(at) || at < 0 || at > 99) continue;
    for (let n = sums.length; n < at; n += 1) sums[n] = '';
    sums[at] = (sums[at] ?? '') + textIn(choice['delta']);
    ends[at] = choice['finish_reason'] ?? null;
  }
  const said = sums.map((content, index) => ({
    index,
    message: { role: 'assistant', content },
    finish_reason: ends[index] ?? null,
  }));
  return { output: { ...known, ...rest, choices: said }, text: { kind: 'choices', sums } };
}

const isChunk = (choice: JsonValue): choice is JsonObject =>
  isJsonObject(choice) && isJsonObject(choice['delta']);

function withDelta(gathered: Gathered, event: JsonObject): Gathered | null {
  const { delta, type: _type, ...rest } = event;
  const sum = gathered.text?.kind === 'delta' ? gathered.text.sum : null;
  const known = sum !== null && isJsonObject(gathered.output) ? gathered.output : {};
  if (typeof delta === 'string' || (isJsonObject(delta) && textIn(delta) !== '')) {
    const next = (sum ?? '') + textIn(delta);
    return { output: { ...known, ...rest, text: next }, text: { kind: 'delta', sum: next } };
  }
  if (sum === null || holds(event, sum)) return null;
  // Between the pieces and after them: it says other things.
  return { output: { ...known, ...rest }, text: { kind: 'delta', sum } };
}

function textIn(delta: JsonValue | undefined): string {
  if (typeof delta === 'string') return delta;
  const text = isJsonObject(delta) ? (delta['content'] ?? delta['text']) : null;
  return typeof text === 'string' ? text : '';
}

/** Whether the text stands anywhere in it. */
function holds(value: JsonValue, text: string): boolean {
  if (typeof value === 'string') return value.includes(text.trim());
  if (Array.isArray(value)) return value.some((inner: JsonValue) => holds(inner, text));
  return isJsonObject(value) && Object.values(value).some((inner) => holds(inner, text));
}

const TEXT_KEYS = ['output', 'text', 'content', 'response'];

function withNamed(gathered: Gathered, event: JsonObject): Gathered {
  const before = gathered.text;
  const named = before?.kind === 'named' ? before : null;
  const saysText = (name: string): boolean => typeof event[name] === 'string' && event[name] !== '';
  const key = named !== null && saysText(named.key) ? named.key : TEXT_KEYS.find(saysText);
  const now = key === undefined ? undefined : event[key];
  if (key === undefined || typeof now !== 'string') return withoutText(gathered, event);
  if (named?.key !== key)
    return { output: event, text: { kind: 'named', key, mode: 'unknown', last: now, sum: now } };
  const mode = modeAfter(named.mode, named.last, now);
  // After the pieces a model may send the whole once more.
  const isWhole = mode === 'pieces' && now.length >= named.sum.length && now.startsWith(named.sum);
  const sum = isWhole || mode === 'whole' ? now : named.sum + now;
  const isSum = mode === 'pieces' || (mode === 'unknown' && !isFlagged(gathered.output, event));
  return {
    output: isSum ? { ...event, [key]: sum } : event,
    text: { kind: 'named', key, mode, last: now, sum },
  };
}

/** An event that says other things than the text: a text that came before it stays. */
function withoutText({ output, text }: Gathered, event: JsonObject): Gathered {
  const kept = keptTexts(output, text);
  if (kept.length === 0 || !isJsonObject(output) || kept.every((words) => holds(event, words)))
    return { output: event, text: null };
  const { [text?.kind === 'named' ? text.key : '']: _empty, ...rest } = event;
  return { output: { ...output, ...rest }, text };
}

function keptTexts(output: JsonValue, text: Text | null): readonly string[] {
  if (text?.kind === 'choices') return text.sums;
  const shown = text?.kind === 'named' && isJsonObject(output) ? output[text.key] : undefined;
  return typeof shown === 'string' ? [shown] : [];
}

/** What two texts after each other say of all of them. */
function modeAfter(mode: Mode, last: string, now: string): Mode {
  if (mode === 'pieces' || mode === 'whole' || now === last) return mode;
  if (now.startsWith(last) || last.startsWith(now)) return mode === 'grown' ? 'whole' : 'grown';
  // The whole so far may be put right at its end.
  return mode === 'grown' && sharedStart(last, now) * 2 >= last.length ? 'whole' : 'pieces';
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** Whether a flag has changed, as `partial` does: then the same text is the whole once more, and no piece. */
function isFlagged(before: JsonValue, event: JsonObject): boolean {
  return (
    isJsonObject(before) &&
    Object.entries(event).some(([key, flag]) => typeof flag === 'boolean' && before[key] !== flag)
  );
}
