/** The words before the colon; everything else with a colon is text. */
export const queryNames = [
  'model',
  'kind',
  'is',
  'tag',
  'key',
  'cost',
  'date',
  'before',
  'after',
  'batch',
] as const;
export type QueryName = (typeof queryNames)[number];

/** The longest text of the search box, in letters. */
export const MOST_QUERY = 2000;

/** A word, a "phrase" or a `name:value` as it stands in the text, whatever it means. */
export interface Token {
  readonly not: boolean;
  /** Null for plain text. */
  readonly name: QueryName | null;
  /** Without its quotes; empty while no more than the name or the quote is typed. */
  readonly value: string;
  readonly quoted: boolean;
  /** Whether a quote was opened and nothing closes it: such a token goes on to the end of the text. */
  readonly open: boolean;
  readonly from: number;
  /** The first place behind it. */
  readonly to: number;
}

/** Within quotes two of them are one that is meant. */
const TOKEN = /(-?)(?:([a-z]+):)?(?:"((?:[^"]|"")*)("?)|(\S*))/gi;

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [whole, minus, word = '', quoted, close, bare = ''] = match;
    if (whole === '') continue;
    const name = queryNames.find((one) => one === word.toLowerCase()) ?? null;
    const value = quoted?.replaceAll('""', '"') ?? bare;
    tokens.push({
      not: minus === '-',
      name,
      value: (name === null && word !== '' ? `${word}:${value}` : value).trim(),
      quoted: quoted !== undefined,
      open: quoted !== undefined && close === '',
      from: match.index,
      to: match.index + whole.length,
    });
  }
  return tokens;
}
