const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['movies', 'movie'],
  ['indices', 'index'],
  ['vertices', 'vertex'],
  ['people', 'person'],
]);

/** One of what a list's label names: "LoRAs" -> "LoRA", "Image URLs" -> "Image URL"; "Item" where it names no plural. */
export function singularOf(label: string): string {
  const last = /[\p{L}\p{N}]+$/u.exec(label)?.[0] ?? '';
  const one = singularWord(last);
  return one === undefined ? 'Item' : label.slice(0, label.length - last.length) + one;
}

function singularWord(word: string): string | undefined {
  const known = EXCEPTIONS.get(word.toLowerCase());
  if (known !== undefined) return likeCase(word, known);
  if (/^(series|species)$/i.test(word) || !/[^sui]s$/i.test(word)) return undefined;
  if (/[^aeiou]ies$/i.test(word)) return `${word.slice(0, -3)}y`;
  return /(x|ch|sh|ss|zz)es$/i.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function likeCase(model: string, word: string): string {
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
