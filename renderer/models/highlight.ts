/** A stretch of text, and whether it is what was searched for. */
export interface Stretch {
  readonly text: string;
  readonly hit: boolean;
}

const WORD = /[\p{L}\d]/u;

/**
 * Cuts a text where the words were found in it, in whatever letters and with whatever between their parts: `fluxdev` in
 * `FLUX.1 [dev]` is none, in `flux/dev` it is all of it. At the beginnings of words, or where a word stands in none.
 */
export function stretches(text: string, words: readonly string[]): readonly Stretch[] {
  // Places of the letters and digits: what lies between them may be anything.
  const places: number[] = [];
  let plain = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    if (!WORD.test(char)) continue;
    places.push(i);
    plain += char.toLowerCase().slice(0, 1);
  }
  const marked = Array.from({ length: text.length }, () => false);
  for (const word of words) {
    const sought = word.replace(/[^\p{L}\d]+/gu, '');
    if (sought === '') continue;
    const at = hits(plain, sought, (k) => isStart(text, places, k));
    for (const k of at) {
      const [first, last] = [places[k], places[k + sought.length - 1]];
      if (first !== undefined && last !== undefined) marked.fill(true, first, last + 1);
    }
  }
  const out: { text: string; hit: boolean }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const hit = marked[i] ?? false;
    const last = out.at(-1);
    if (last?.hit === hit) last.text += text[i] ?? '';
    else out.push({ text: text[i] ?? '', hit });
  }
  return out;
}

/** Where the word is found: at beginnings of words; a longer one anywhere, where it begins none. */
function hits(plain: string, sought: string, starts: (k: number) => boolean): readonly number[] {
  const all: number[] = [];
  for (let k = plain.indexOf(sought); k !== -1; k = plain.indexOf(sought, k + 1)) all.push(k);
  const atStart = all.filter(starts);
  return atStart.length > 0 || sought.length < 3 ? atStart : all;
}

/** Whether the k-th letter begins a word, or a number after letters and the other way round. */
function isStart(text: string, places: readonly number[], k: number): boolean {
  const at = places[k] ?? 0;
  if (k === 0 || places[k - 1] !== at - 1) return true;
  return isDigit(text[at - 1]) !== isDigit(text[at]);
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
