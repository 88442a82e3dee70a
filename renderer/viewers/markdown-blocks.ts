import { Lexer } from 'marked';
import type { MarkedToken, Token, Tokens } from 'marked';

/** A heading, a paragraph, a list … with its place in the text, by which it is known as the text grows. */
export interface MarkdownBlock {
  readonly start: number;
  readonly token: MarkedToken;
}

/** What comes next may still belong to the last block, and with that change the one before it. */
const UNSETTLED = 2;

const KNOWN: Readonly<Record<MarkedToken['type'], true>> = {
  blockquote: true,
  br: true,
  checkbox: true,
  code: true,
  codespan: true,
  def: true,
  del: true,
  em: true,
  escape: true,
  heading: true,
  hr: true,
  html: true,
  image: true,
  link: true,
  list: true,
  list_item: true,
  paragraph: true,
  space: true,
  strong: true,
  table: true,
  text: true,
};

/** All tokens are of marked's own kinds: we add none. */
export const isKnown = (token: Token): token is MarkedToken => Object.hasOwn(KNOWN, token.type);

/** Characters, and marks of emphasis, of one run of words. Their pairs are sought in about the square of the marks' time. */
const MOST_IN_LINE = 10_000;
const MOST_MARKS = 500;

/** Leaves the words of a block as they were written where reading their marks would stop the window. */
class CarefulLexer extends Lexer {
  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length <= MOST_IN_LINE && (src.match(/[*_]/g)?.length ?? 0) <= MOST_MARKS)
      return super.inlineTokens(src, tokens);
    const plain: Tokens.Text = { type: 'text', raw: src, text: src, escaped: false };
    tokens.push(plain);
    return tokens;
  }
}

/**
 * Reads a markdown text that grows: what it has read of it stays, token for token, and only the end is read again. A text that
 * is no longer the same at its beginning is read anew.
 */
export class MarkdownReader {
  #text = '';
  #blocks: readonly MarkdownBlock[] = [];

  /** Throws on what no writer means: marks nested thousands deep. */
  read(given: string): readonly MarkdownBlock[] {
    const text = given.replaceAll(/\r\n?/g, '\n');
    if (text === this.#text) return this.#blocks;
    const kept = text.startsWith(this.#text) ? this.#settled() : [];
    const from = kept.length === 0 ? 0 : (this.#blocks[kept.length]?.start ?? 0);
    const lexer = new CarefulLexer({ gfm: true, breaks: true });
    // An address given by name holds for all that follows it.
    for (const { token } of kept)
      if (token.type === 'def') lexer.tokens.links[token.tag] = { href: token.href, title: token.title };
    const read = placed(lexer.lex(text.slice(from)), from);
    const known = new Map(this.#blocks.slice(kept.length).map((block) => [block.start, block]));
    this.#blocks = [...kept, ...read.map((block) => sameAs(known.get(block.start), block))];
    this.#text = text;
    return this.#blocks;
  }

  #settled(): readonly MarkdownBlock[] {
    let open = 0;
    let at = this.#blocks.length;
    while (at > 0 && open < UNSETTLED) {
      at -= 1;
      if (this.#blocks[at]?.token.type !== 'space') open += 1;
    }
    return this.#blocks.slice(0, at);
  }
}

/** The one of before where nothing changed, so that it is not drawn again. */
function sameAs(before: MarkdownBlock | undefined, block: MarkdownBlock): MarkdownBlock {
  return before?.token.raw === block.token.raw && before.token.type === block.token.type ? before : block;
}

function placed(tokens: readonly Token[], from: number): readonly MarkdownBlock[] {
  let start = from;
  return tokens.flatMap((token) => {
    const block = isKnown(token) ? [{ start, token }] : [];
    start += token.raw.length;
    return block;
  });
}
