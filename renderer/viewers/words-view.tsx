import { Copy, Pilcrow } from 'lucide-react';
import { lazy, memo, Suspense, useState } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../bridge.ts';
import { IconButton } from '../ui/button.tsx';
import { say, sayError } from '../ui/toasts.tsx';
import { looksLikeMarkdown, textBlocks } from './text-blocks.ts';
import { fileSize } from './words.ts';

const Markdown = lazy(async () => ({ default: (await import('./markdown.tsx')).Markdown }));

/** Characters; a text this long is a file, and markdown has no use for one. */
const MOST_SHOWN = 1_000_000;
const MOST_AS_MARKDOWN = 200_000;

interface WordsProps {
  readonly name: string;
  readonly text: string;
  /** Whether its name stands over it. */
  readonly titled: boolean;
}

/** One text of a result: as the markdown it is, or as plain text, and the way to copy it. */
export function Words({ name, text, titled }: WordsProps): ReactNode {
  const [plain, setPlain] = useState(false);
  const markdown = text.length <= MOST_AS_MARKDOWN && looksLikeMarkdown(text);
  const copy = async (): Promise<void> => {
    const answer = await ask('app.copyText', { text });
    if (answer.ok) say('Text copied');
    else sayError(answer.error);
  };
  return (
    <section aria-label={name}>
      <div className="flex items-center justify-end gap-1 pt-2 pb-1">
        {titled && <h2 className="min-w-0 flex-1 truncate font-mono text-xs text-faint">{name}</h2>}
        {markdown && (
          <IconButton
            label={plain ? 'Show as formatted text' : 'Show as plain text'}
            aria-pressed={plain}
            onClick={() => setPlain(!plain)}
            className={plain ? 'bg-pressed' : ''}
          >
            <Pilcrow size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton label={titled ? `Copy ${name}` : 'Copy the text'} onClick={() => void copy()}>
          <Copy size={14} aria-hidden />
        </IconButton>
      </div>
      {markdown && !plain ? (
        <Suspense fallback={<Plain text={text} />}>
          <Markdown text={text} />
        </Suspense>
      ) : (
        <Plain text={text} />
      )}
    </section>
  );
}

function Plain({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="leading-6 break-words whitespace-pre-wrap select-text">
      {textBlocks(text.slice(0, MOST_SHOWN)).map((block, index) => (
        // A block stays where it is as the text grows.
        // oxlint-disable-next-line react/no-array-index-key
        <PlainBlock key={index} text={block} />
      ))}
      {text.length > MOST_SHOWN && (
        <p className="pt-4 text-soft">
          The first {fileSize(MOST_SHOWN)} of {fileSize(text.length)}. Copying takes all of it.
        </p>
      )}
    </div>
  );
}

const PlainBlock = memo(function PlainBlock({ text }: { readonly text: string }): ReactNode {
  return <p className="min-h-6 [contain-intrinsic-size:auto_24rem] [content-visibility:auto]">{text}</p>;
});
