/** The words of one command of a shell that begins at `at`, quotes and line continuations undone, nothing expanded. */
export function shellWords(text: string, at: number): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let i = at;
  while (i < text.length) {
    const char = text[i] ?? '';
    if (char === '\\' && /^\\\r?\n/.test(text.slice(i, i + 3))) {
      i = text.indexOf('\n', i) + 1;
      continue;
    }
    if (char === '\n' || char === ';' || char === '|' || char === ')' || char === '&') break;
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      i += 1;
      continue;
    }
    const piece = readPiece(text, i);
    word = (word ?? '') + piece.text;
    i = piece.end;
  }
  if (word !== null) words.push(word);
  return words;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

/** One quoted part of a word, or one character. A quote left open ends with the text. */
function readPiece(text: string, at: number): Piece {
  const char = text[at] ?? '';
  if (char === "'") {
    const close = text.indexOf("'", at + 1);
    const end = close === -1 ? text.length : close;
    return { text: text.slice(at + 1, end), end: end + 1 };
  }
  if (char === '"') return readDouble(text, at + 1);
  if (char === '\\') return { text: text[at + 1] ?? '', end: at + 2 };
  return { text: char, end: at + 1 };
}

function readDouble(text: string, at: number): Piece {
  let out = '';
  let i = at;
  for (; i < text.length && text[i] !== '"'; i += 1) {
    const next = text[i + 1] ?? '';
    if (text[i] === '\\' && next !== '' && '"\\$`\n'.includes(next)) {
      out += next === '\n' ? '' : next;
      i += 1;
    } else {
      out += text[i] ?? '';
    }
  }
  return { text: out, end: i + 1 };
}
