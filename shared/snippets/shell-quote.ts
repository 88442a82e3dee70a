import { quoted } from './call.ts';
import type { FileToUpload, Notation } from './call.ts';

/** Any text as one word of a POSIX shell, taken letter by letter. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Stands where a variable goes while the text around it is quoted; JSON text cannot hold it. */
const MARK = '\u0000';

/** JSON, with the variables of uploaded files left to the shell. */
export function shellJson(files: readonly FileToUpload[], indent: number | null): Notation {
  const names = new Map(files.map((file) => [file.sha256, variable(file)]));
  return {
    indent,
    trailingComma: false,
    text: quoted,
    key: quoted,
    whole: String,
    word: String,
    file: (sha256) => `"${MARK}${names.get(sha256) ?? ''}${MARK}"`,
  };
}

/** JSON written with `shellJson`, as one word of a shell that fills in the addresses of the files. */
export function shellJsonWord(text: string): string {
  const parts = text.split(MARK);
  return parts.map((part, index) => (index % 2 === 0 ? shellWord(part) : `"$${part}"`)).join('');
}

export const variable = ({ number }: FileToUpload): string => (number === 0 ? 'FILE' : `FILE_${number}`);

/** Linux takes at most 128 KiB in one argument of a command. */
const LONGEST_ARGUMENT = 100_000;

/** Whether a quoted word has to go in by standard input instead. */
export function isTooLong(word: string): boolean {
  // A character is at most three bytes of UTF-8 for each of its units.
  return word.length * 3 > LONGEST_ARGUMENT;
}
