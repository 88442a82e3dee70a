import { memo, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { MarkdownBlock } from './markdown-blocks.ts';
import { MarkdownReader } from './markdown-blocks.ts';
import { BlockToken } from './markdown-tokens.tsx';

/**
 * A model's markdown, drawn as elements of ours: there is no HTML in between, and what it holds of HTML is text. Of a text that
 * grows only its end is read and drawn again.
 */
export function Markdown({ text }: { readonly text: string }): ReactNode {
  const [reader] = useState(() => new MarkdownReader());
  const blocks = useMemo(() => readOrNot(reader, text), [reader, text]);
  if (blocks === null) return <p className="break-words whitespace-pre-wrap select-text">{text}</p>;
  return (
    <div className="space-y-3 leading-6 break-words select-text">
      {blocks.map((block) => (
        <Block key={block.start} token={block.token} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ token }: Pick<MarkdownBlock, 'token'>): ReactNode {
  return <BlockToken token={token} depth={0} />;
});

/** Null where it is nested deeper than can be read. */
function readOrNot(reader: MarkdownReader, text: string): readonly MarkdownBlock[] | null {
  try {
    return reader.read(text);
  } catch {
    return null;
  }
}
