// A docstring line that reaches this far was wrapped by its author's editor, not ended on purpose (characters).
const WRAPPED = 60;

/**
 * A description as plain text. Most come from Python docstrings: indented, wrapped, with blank lines around. Indentation
 * goes, wrapped lines join, lists and paragraphs keep their breaks. No Markdown is interpreted.
 */
export function helpText(description: string | undefined): string {
  const lines = (description ?? '').replace(/\r\n?/g, '\n').split('\n');
  const kept: string[] = [];
  for (const line of dedent(lines)) {
    const last = kept.at(-1);
    if (last !== undefined && joins(last, line)) kept[kept.length - 1] = `${last} ${line.trimStart()}`;
    else if (line !== '' || (last !== undefined && last !== '')) kept.push(line);
  }
  return kept.join('\n').trim();
}

function dedent(lines: readonly string[]): readonly string[] {
  const bare = lines.map((line) => line.replaceAll('\t', '    ').trimEnd());
  const indents = bare
    .slice(1)
    .flatMap((line) => (line === '' ? [] : [line.length - line.trimStart().length]));
  const indent = Math.min(...indents, Infinity);
  // The first line of a docstring starts right after the quotes and says nothing about the rest.
  return bare.map((line, i) => (i === 0 || indent === Infinity ? line.trimStart() : line.slice(indent)));
}

function joins(above: string, line: string): boolean {
  const startsItem = /^\s*([-*•]|\d+[.)]|`)\s?/.test(line);
  const wrapped = (above.split('\n').at(-1)?.length ?? 0) >= WRAPPED;
  return line !== '' && above !== '' && wrapped && !startsItem;
}
