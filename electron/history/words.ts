import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { referencedSha } from '../../shared/media/reference.ts';
import type { Run } from '../../shared/runs/run.ts';
import { textOf } from '../../shared/runs/title.ts';

/** Letters of a column that are indexed: a model may answer with a book. */
const MOST_LETTERS = 20_000;
/** A longer "word" is a code that nobody types. */
const MOST_WORD = 64;
/** Letters of an address among which the file's name is looked for. */
const MOST_ADDRESS = 2000;

/**
 * Marks that are left out when a word is typed in a hurry: accents, the vowels of Hebrew and Arabic, and what joins pictures
 * or says how they look.
 */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]|\u200d|[\ufe00-\ufe0f]/gu;
/** Scripts that put no spaces between words, and pictures: each letter is a word, so that a part of a line is a phrase. */
const SINGLE =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*)|([\p{Extended_Pictographic}\p{Regional_Indicator}])/gu;
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/**
 * The words of a text as they are indexed and searched for: small letters, no accents. Both sides are read by this alone, for
 * what SQLite takes for a letter ends with the Unicode of 2012. A picture is written as its number behind a letter nobody types.
 */
export function wordsIn(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replaceAll(MARKS, '').normalize('NFC');
  const spaced = plain.replaceAll(
    SINGLE,
    (_whole, letter: string | undefined, picture: string | undefined) =>
      letter === undefined ? ` \ue000${picture?.codePointAt(0)?.toString(16) ?? ''} ` : ` ${letter} `,
  );
  return [...spaced.matchAll(WORD)].map(([word]) => word).filter((word) => word.length <= MOST_WORD);
}

/** Stands between two texts of one column, or a phrase would be found over the end of one. */
const GAP = ' \ue001 ';

/** What is searched through of a run, each column as words with spaces between. */
export interface RunWords {
  readonly prompt: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly model: string;
  readonly note: string;
  readonly tags: string;
}

export function wordsOf(run: Run, note: string, tags: readonly string[]): RunWords {
  const prompt = textOf(run.input) ?? '';
  return {
    prompt: joined([prompt]),
    inputs: joined(textsIn(run.input, 'names').filter((text) => text.trim() !== prompt)),
    outputs: joined(textsIn(run.output, 'none')),
    model: joined([run.endpointId]),
    note: joined([note]),
    tags: joined(tags),
  };
}

function joined(texts: readonly string[]): string {
  let room = MOST_LETTERS;
  const parts: string[] = [];
  for (const text of texts) {
    if (room <= 0) break;
    const part = wordsIn(text.slice(0, room)).join(' ');
    room -= text.length;
    if (part !== '') parts.push(part);
  }
  return parts.join(GAP);
}

/** Every text of a request or result, and its seed. Of addresses the file's name, or nothing; never data and hashes. */
function textsIn(value: JsonValue, files: 'names' | 'none'): string[] {
  const found: string[] = [];
  const visit = (inner: JsonValue, name: string): void => {
    if (typeof inner === 'string') {
      if (referencedSha(inner) !== null || /^data:/i.test(inner)) return;
      if (/^https?:\/\/\S+$/i.test(inner)) {
        if (files === 'names') found.push(fileNameOf(inner));
      } else if (inner !== '') found.push(inner);
    } else if (name === 'seed' && (typeof inner === 'number' || typeof inner === 'bigint'))
      found.push(String(inner));
    else if (Array.isArray(inner)) for (const item of inner) visit(item, name);
    else if (isJsonObject(inner)) for (const [key, item] of Object.entries(inner)) visit(item, key);
  };
  visit(value, '');
  return found;
}

function fileNameOf(address: string): string {
  // A pattern that looks for the end of a text tries it from each of its letters.
  const begin = address.slice(0, MOST_ADDRESS);
  const end = begin.search(/[?#]/);
  const path = end === -1 ? begin : begin.slice(0, end);
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
