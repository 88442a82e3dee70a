import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { areClose, moment, plainText, subRip } from '../../shared/media/transcript.ts';
import type { TimedLine } from '../../shared/media/transcript.ts';
import type { Run } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { say, sayError } from '../ui/toasts.tsx';
import { Track } from './audio/track.tsx';
import { usePlayer } from './audio/use-player.ts';
import { useSpokenFile } from './spoken-file.ts';
import type { SpokenFile } from './spoken-file.ts';
import { mediaUrl } from './title.ts';

/** Lines drawn before one asks for more. */
const SHOWN = 500;

interface TranscriptOfRunProps {
  readonly lines: readonly TimedLine[];
  readonly run: Run;
}

/** A transcript beside what it was made of, where that is on this computer. */
export function TranscriptOfRun({ lines, run }: TranscriptOfRunProps): ReactNode {
  return <TranscriptView lines={lines} spoken={useSpokenFile(run)} />;
}

interface TranscriptViewProps {
  readonly lines: readonly TimedLine[];
  readonly spoken: SpokenFile | null;
}

function TranscriptView({ lines, spoken }: TranscriptViewProps): ReactNode {
  const player = usePlayer();
  const { bind, control } = player;
  const [broken, setBroken] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const heard = broken ? null : spoken;
  const now =
    heard === null || player.time === 0 ? -1 : lines.findLastIndex(({ start }) => start <= player.time);
  const drawn = useMemo(() => lines.slice(0, shown), [lines, shown]);
  const words = lines.some(({ text }) => text !== '');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {heard !== null && (
        <div className="mx-auto w-full max-w-2xl shrink-0 px-6 pt-4">
          {heard.kind === 'audio' ? (
            <Track
              player={player}
              src={mediaUrl(heard)}
              bytes={heard.bytes}
              name={heard.fileName}
              onError={() => setBroken(true)}
            />
          ) : (
            // oxlint-disable-next-line jsx-a11y/media-has-caption
            <video
              ref={bind}
              src={mediaUrl(heard)}
              controls
              playsInline
              preload="metadata"
              aria-label={heard.fileName}
              onError={() => setBroken(true)}
              className="mx-auto max-h-[32vh] max-w-full rounded-md"
            />
          )}
        </div>
      )}
      <div className="mx-auto flex w-full max-w-2xl shrink-0 flex-wrap items-center justify-end gap-2 px-6 pt-4 pb-2">
        <span className="tabular mr-auto text-soft">
          {lines.length} {lines.length === 1 ? 'line' : 'lines'}
        </span>
        {words && <Button onClick={() => void copy(plainText(lines), 'Text')}>Copy text</Button>}
        {words && <Button onClick={() => void copy(subRip(lines), 'Subtitles')}>Copy as SRT</Button>}
      </div>
      <Lines lines={drawn} now={now} {...(heard === null ? {} : { onSeek: control.seek })}>
        {lines.length > shown && (
          <Button onClick={() => setShown(shown + SHOWN)}>
            Show {Math.min(SHOWN, lines.length - shown)} more
          </Button>
        )}
      </Lines>
    </div>
  );
}

interface LinesProps {
  readonly lines: readonly TimedLine[];
  /** The one that is heard; -1 for none. */
  readonly now: number;
  /** Left out where there is nothing to be heard. */
  readonly onSeek?: (seconds: number) => void;
  readonly children: ReactNode;
}

function Lines({ lines, now, onSeek, children }: LinesProps): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const tenths = useMemo(() => areClose(lines), [lines]);
  const rows = useMemo(
    () =>
      lines.map((line, index) => (
        <Line
          key={index}
          line={line}
          tenths={tenths}
          {...(onSeek === undefined ? {} : { onSeek: () => onSeek(line.start) })}
        />
      )),
    [lines, tenths, onSeek],
  );
  useEffect(() => {
    const rowsDrawn = list.current?.children;
    rowsDrawn?.item(now)?.setAttribute('aria-current', 'true');
    rowsDrawn?.item(now)?.scrollIntoView({ block: 'nearest' });
    return () => rowsDrawn?.item(now)?.removeAttribute('aria-current');
  }, [now, rows]);
  return (
    <div
      role="region"
      aria-label="Transcript"
      // A scrolled region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto pb-6 focus-visible:outline-offset-[-2px]"
    >
      <ol ref={list} className="mx-auto max-w-2xl px-6">
        {rows}
      </ol>
      <div className="flex justify-center pt-2">{children}</div>
    </div>
  );
}

interface LineProps {
  readonly line: TimedLine;
  readonly tenths: boolean;
  readonly onSeek?: () => void;
}

function Line({ line, tenths, onSeek }: LineProps): ReactNode {
  const { start, end, text, speaker } = line;
  const time = moment(start, tenths);
  return (
    <li className="grid grid-cols-[4rem_1fr] items-baseline rounded-md px-2 -mx-2 py-0.5 aria-current:bg-hover">
      {onSeek === undefined ? (
        <span className="tabular text-faint">{time}</span>
      ) : (
        <button
          type="button"
          aria-label={`Play from ${time}`}
          onClick={onSeek}
          className="tabular justify-self-start rounded-sm text-accent hover:underline"
        >
          {time}
        </button>
      )}
      <p className={cx('leading-6 break-words whitespace-pre-wrap select-text', text === '' && 'text-soft')}>
        {speaker !== null && <span className="text-soft">{speaker} · </span>}
        {text === '' ? (end === null ? '–' : `until ${moment(end, tenths)}`) : text}
      </p>
    </li>
  );
}

async function copy(text: string, what: string): Promise<void> {
  const answer = await ask('app.copyText', { text });
  if (answer.ok) say(`${what} copied`);
  else sayError(answer.error);
}
