import type { CodeLanguage } from '../../shared/snippets/snippet.ts';

export interface CodeToken {
  readonly kind: 'plain' | 'text' | 'word' | 'comment';
  readonly text: string;
}

const JAVASCRIPT_WORDS =
  'import|from|const|await|for|of|if|true|false|null|console|log|error|new|function|return';
const PYTHON_WORDS = 'import|def|for|in|if|or|with|as|print|True|False|None|isinstance';
const SHELL_WORDS = 'curl|npm|run|while|do|done|sleep|printf|grep|cut';

// A word of a shell is put together of several quotes: 'it'\''s'.
const SHELL = tokens(String.raw`(?:'[^']*'|\\'|"(?:[^"\\]|\\.)*")+`, SHELL_WORDS, '#.*');
const PATTERNS: Readonly<Record<CodeLanguage, RegExp>> = {
  curl: SHELL,
  fal: SHELL,
  javascript: tokens(String.raw`"(?:[^"\\]|\\.)*"`, JAVASCRIPT_WORDS, '//.*'),
  python: tokens(String.raw`"(?:[^"\\]|\\.)*"`, PYTHON_WORDS, '#.*'),
};

/** Code cut into what is looked at differently; put together again it is the same text. For code of our own making. */
export function codeTokens(language: CodeLanguage, code: string): readonly CodeToken[] {
  const found: CodeToken[] = [];
  let at = 0;
  for (const match of code.matchAll(PATTERNS[language])) {
    if (match.index > at) found.push({ kind: 'plain', text: code.slice(at, match.index) });
    const { text, comment } = match.groups ?? {};
    const kind = text !== undefined ? 'text' : comment !== undefined ? 'comment' : 'word';
    found.push({ kind, text: match[0] });
    at = match.index + match[0].length;
  }
  return at < code.length ? [...found, { kind: 'plain', text: code.slice(at) }] : found;
}

function tokens(text: string, words: string, comment: string): RegExp {
  return new RegExp(
    `(?<text>${text})|(?<comment>${comment})|(?<word>(?<![\\w$-])(?:${words})(?![\\w-]))`,
    'g',
  );
}
