import type { Call } from './call.ts';
import { curlSnippet } from './curl.ts';
import { falLine } from './fal-line.ts';
import { javascriptSnippet } from './javascript.ts';
import { pythonSnippet } from './python.ts';

export const codeLanguages = ['curl', 'javascript', 'python', 'fal'] as const;
/** `fal` is this project's own command line. */
export type CodeLanguage = (typeof codeLanguages)[number];

/**
 * A request as code to take away: the same endpoint, the same input, by the same way, with the key read from the
 * environment. Null where the language has no way to make the call.
 */
export function snippet(language: CodeLanguage, call: Call): string | null {
  switch (language) {
    case 'curl':
      return curlSnippet(call);
    case 'javascript':
      return javascriptSnippet(call);
    case 'python':
      return pythonSnippet(call);
    case 'fal':
      return falLine(call);
  }
}
