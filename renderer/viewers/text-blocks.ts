/** Characters of a block before it may end. */
const BLOCK = 4000;

/**
 * A long text in blocks that end with a line, without its newline. As the text grows only the last of them changes, so that
 * the others need not be drawn again.
 */
export function textBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start + BLOCK);
    if (end === -1) break;
    blocks.push(text.slice(start, end));
    start = end + 1;
  }
  return [...blocks, text.slice(start)];
}

/** Characters that are looked at: who writes markdown does so from the start. */
const LOOKED_AT = 20_000;

const SIGNS: readonly RegExp[] = [
  /^#{1,6}[ \t]+\S/m,
  /^[ \t]*(?:```|~~~)/m,
  /\*\*\S/,
  /`[^`\n]+`/,
  /\]\(https?:/,
  /^>[ \t]\S/m,
  /^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|/m,
  // One such line may be a thought or a date; two are a list.
  /^[ \t]*[-*+][ \t]+\S.*\n(?:.*\n)*?[ \t]*[-*+][ \t]+\S/m,
  /^[ \t]*\d{1,3}[.)][ \t]+\S.*\n(?:.*\n)*?[ \t]*\d{1,3}[.)][ \t]+\S/m,
];

/** Whether a text is written as markdown. One that is stays so as it grows. */
export function looksLikeMarkdown(text: string): boolean {
  const head = text.slice(0, LOOKED_AT);
  return SIGNS.some((sign) => sign.test(head));
}
