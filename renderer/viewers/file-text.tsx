import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { endingOf, kindOfName } from '../../shared/media/kind.ts';
import { mediumWords } from '../../shared/media/input.ts';
import { readSubtitles } from '../../shared/media/transcript.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { FileView } from './file-view.tsx';
import { TranscriptOfRun } from './transcript-view.tsx';
import { mediaUrl } from './title.ts';
import { saveCopy } from './save-copy.ts';
import { Words } from './words-view.tsx';
import { fileSize } from './words.ts';

/** Bytes of a text that are read; a table of millions of rows would hold the window for seconds. */
const READ = 200_000;

type Read =
  { readonly kind: 'reading' } | { readonly kind: 'read'; readonly text: string } | { readonly kind: 'gone' };

/** A file of words: captions as a transcript, all else as it is written, as far as is of use. */
export function FileText({ file, run }: { readonly file: StoredMedia; readonly run: Run }): ReactNode {
  const read = useText(file);
  const promised = promisedBy(file);
  const [plain, setPlain] = useState(false);
  const text = read.kind === 'read' ? read.text : '';
  const captions = useMemo(() => (areCaptions(file) ? readSubtitles(text) : []), [file, text]);
  if (read.kind === 'reading') return <div className="flex-1" aria-busy />;
  if (read.kind === 'gone')
    return <FileView file={file} trouble={{ why: 'It cannot be read from this computer any more.' }} />;
  return (
    <>
      {captions.length > 0 && (
        <div className="flex shrink-0 justify-center pt-3">
          <Segmented
            label="Shown as"
            options={[
              { value: 'lines', label: 'Transcript' },
              { value: 'text', label: 'Text' },
            ]}
            value={plain ? 'text' : 'lines'}
            onChange={(value) => setPlain(value === 'text')}
          />
        </div>
      )}
      {captions.length > 0 && !plain ? (
        <TranscriptOfRun lines={captions} run={run} />
      ) : (
        <div
          role="region"
          aria-label={file.fileName}
          // A scrolled region must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto p-6 focus-visible:outline-offset-[-2px]"
        >
          <div className="mx-auto max-w-2xl">
            <h2 className="pb-2 text-soft">{file.fileName}</h2>
            {promised !== null && (
              <p role="status" className="pb-3">
                The model calls this {promised}. What came is text.
              </p>
            )}
            {text === '' ? (
              <p className="text-soft">This file is empty.</p>
            ) : isProse(file) ? (
              <Words name={file.fileName} text={text} titled={false} />
            ) : (
              <pre className="font-mono text-xs leading-[18px] break-words whitespace-pre-wrap select-text">
                {text}
              </pre>
            )}
            {file.bytes > READ && (
              <p className="flex flex-wrap items-center gap-3 pt-3 text-soft">
                The first {fileSize(READ)} of {fileSize(file.bytes)}.
                <Button onClick={() => void saveCopy(file)}>Save the file…</Button>
              </p>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** What the name of its property says it is, where that is no text: "an image". */
function promisedBy({ path }: StoredMedia): string | null {
  const kind = kindOfName(path.findLast((step) => typeof step === 'string') ?? '');
  return kind === undefined || kind === 'file' ? null : mediumWords(kind);
}

/** Written to be read, where a table or a configuration stands as it is. */
const isProse = ({ fileName }: StoredMedia): boolean =>
  ['txt', 'md', 'markdown'].includes(endingOf(fileName));

const areCaptions = ({ fileName, contentType }: StoredMedia): boolean =>
  ['application/x-subrip', 'text/vtt'].includes(contentType) || ['srt', 'vtt'].includes(endingOf(fileName));

function useText({ sha256, bytes }: StoredMedia): Read {
  const [read, setRead] = useState<Read>({ kind: 'reading' });
  useEffect(() => {
    const stop = new AbortController();
    void readText(sha256, bytes, stop.signal).then(
      (text) => setRead(text === null ? { kind: 'gone' } : { kind: 'read', text }),
      () => {
        if (!stop.signal.aborted) setRead({ kind: 'gone' });
      },
    );
    return () => stop.abort();
  }, [sha256, bytes]);
  return read;
}

/** Null for a file that is not there any more. */
async function readText(sha256: string, bytes: number, signal: AbortSignal): Promise<string | null> {
  if (bytes === 0) return '';
  const answer = await fetch(mediaUrl({ sha256 }), {
    signal,
    headers: bytes > READ ? { range: `bytes=0-${READ - 1}` } : {},
  });
  // The last character may be cut in two: as a stream it is left out.
  return answer.ok ? new TextDecoder().decode(await answer.arrayBuffer(), { stream: true }) : null;
}
