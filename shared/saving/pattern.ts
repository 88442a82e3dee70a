import { safeFileName } from '../media/file-name.ts';

/** What a name is made of, besides letters of one's own: each stands in braces. */
export const TOKENS = ['date', 'time', 'model', 'prompt', 'seed', 'n', 'name', 'ext'] as const;
export type Token = (typeof TOKENS)[number];

export const USUAL_PATTERN = '{date}_{time}_{model}_{prompt}_{seed}_{n}.{ext}';
export const LONGEST_PATTERN = 200;

/** What each token stands for; an empty one leaves no gap. `ext` without a dot, letters and digits only. */
export type NameFacts = Readonly<Record<Token, string>>;

const IN_BRACES = /\{([^{}]*)\}/g;
const DEEPEST = 5;

/** What is wrong with a pattern, in a sentence; null where nothing is. */
export function patternProblem(pattern: string): string | null {
  const trimmed = pattern.trim();
  if (trimmed === '') return 'A pattern is needed';
  if (trimmed.length > LONGEST_PATTERN) return `At most ${LONGEST_PATTERN} letters`;
  const unknown = [...trimmed.matchAll(IN_BRACES)].find(([, name]) => !isToken(name ?? ''));
  if (unknown !== undefined) return `${unknown[0]} is none of the words in braces`;
  if (/[{}]/.test(trimmed.replace(IN_BRACES, ''))) return 'A brace is not closed, or not opened';
  return foldersOf(trimmed).length > DEEPEST ? `At most ${DEEPEST} folders` : null;
}

/**
 * The file's place under the folder: names of folders, then its own. Slashes of the pattern make folders; nothing that a
 * token stands for can make one, or lead out of them. Each name is safe on every system (`safeFileName`).
 */
export function savedPath(pattern: string, facts: NameFacts): readonly [...string[], string] {
  const parts = pattern.trim().split(/[/\\]/);
  const folders = foldersOf(pattern).map((part) => folderName(filled(part, facts)));
  const last = (parts.at(-1) ?? '').replace(/\.?\{ext\}$/, '');
  const stem = filled(last, facts) || facts.name || 'result';
  return [...folders, safeFileName(`${stem}.${facts.ext}`, facts.ext)];
}

/** The same name beside others: `a.png`, `a (2).png`. */
export function numbered(fileName: string, count: number): string {
  if (count < 2) return fileName;
  const dot = fileName.lastIndexOf('.');
  return `${fileName.slice(0, dot)} (${count})${fileName.slice(dot)}`;
}

const foldersOf = (pattern: string): readonly string[] =>
  pattern
    .trim()
    .split(/[/\\]/)
    .slice(0, -1)
    .filter((part) => !/^[\s.]*$/.test(part));

/** Safe as a name of a file is, without an ending. */
const folderName = (text: string): string => safeFileName(`${text || 'other'}.x`, 'x').slice(0, -2);

const isToken = (name: string): name is Token => TOKENS.some((token) => token === name);

/** The pattern with what its tokens stand for; where one stands for nothing, its separator goes with it. */
function filled(part: string, facts: NameFacts): string {
  let gaps = false;
  const text = part.replace(IN_BRACES, (whole, name: string) => {
    if (!isToken(name)) return whole;
    const value = facts[name].replace(/[/\\]/g, '-').trim();
    gaps ||= value === '';
    return value;
  });
  const closed = gaps ? text.replace(/([ _.-])[ _.-]+/g, '$1') : text;
  return closed.replace(/^[ _.-]+|[ _.-]+$/g, '');
}
