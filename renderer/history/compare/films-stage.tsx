import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode, RefCallback } from 'react';
import { moment } from '../../../shared/media/transcript.ts';
import type { Run, StoredMedia } from '../../../shared/runs/run.ts';
import { useStorage } from '../../stores/storage.ts';
import { useUncovered } from '../../stores/uncovered.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Slider } from '../../ui/slider.tsx';
import { FileView } from '../../viewers/file-view.tsx';
import { mediaUrl } from '../../viewers/title.ts';
import { useCovered } from '../../viewers/use-covered.ts';
import { Panes } from './panes.tsx';
import type { Tied } from './use-tied.ts';
import { Veil } from './veil.tsx';

interface FilmOfRun {
  readonly run: Run;
  readonly name: string;
  readonly file: StoredMedia;
}

interface FilmsStageProps {
  readonly films: readonly FilmOfRun[];
  readonly front: number | null;
  readonly heads: readonly ReactNode[];
  readonly tied: Tied;
}

/** Films that begin, stand and are sought as one. */
export function FilmsStage({ films, front, heads, tied }: FilmsStageProps): ReactNode {
  const { playing, time, duration } = tied;
  const { binds, toggle, seek } = tied.films;
  const [heard, setHeard] = useState<string>('none');
  const end = duration ?? 0;
  const at = Math.min(time, end);
  return (
    <>
      <Panes
        heads={heads}
        front={front}
        panes={films.map((film, index) => (
          <Film
            key={film.run.id}
            {...film}
            number={index + 1}
            bind={binds[index]}
            muted={heard !== String(index)}
            onToggle={toggle}
          />
        ))}
      />
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 border-t border-line px-4 py-1">
        <IconButton
          label={playing ? 'Pause all' : 'Play all'}
          shortcut="Space"
          onClick={toggle}
          className="text-text"
        >
          {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        </IconButton>
        <Slider
          label="Position in all"
          value={at}
          min={0}
          max={end === 0 ? 1 : end}
          step={0.01}
          largeStep={1}
          valueText={`${moment(at)} of ${moment(end)}`}
          onChange={seek}
        />
        <span className="tabular text-soft">
          {at.toFixed(2)} / {duration === null ? '–' : `${end.toFixed(2)} s`}
        </span>
        <Segmented
          label="Sound of"
          options={[
            { value: 'none', label: 'No sound' },
            ...films.map((_, index) => ({ value: String(index), label: String(index + 1) })),
          ]}
          value={heard}
          onChange={(next) => setHeard(next ?? 'none')}
          className="h-7"
        />
      </div>
    </>
  );
}

interface FilmProps extends FilmOfRun {
  readonly number: number;
  readonly bind: RefCallback<HTMLVideoElement> | undefined;
  readonly muted: boolean;
  readonly onToggle: () => void;
}

function Film({ run, name, file, number, bind, muted, onToggle }: FilmProps): ReactNode {
  const covered = useCovered(run, file);
  const uncover = useUncovered((state) => state.uncover);
  // One that was downloaded again has another address, and no trouble any more.
  useStorage((state) => state.troubles[file.sha256]);
  const src = mediaUrl(file);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  if (unreadable === src) return <FileView file={file} trouble="unreadable" />;
  const film = (
    // What a model makes comes without captions.
    // oxlint-disable-next-line jsx-a11y/media-has-caption
    <video
      ref={bind}
      src={src}
      onError={() => setUnreadable(src)}
      muted={muted}
      playsInline
      preload="auto"
      onClick={onToggle}
      aria-label={`${number}: ${name}`}
      className={cx('min-h-0 w-full flex-1 object-contain', covered && 'size-full')}
    />
  );
  if (!covered) return film;
  return (
    <Veil label={`Show ${number}`} onUncover={() => uncover(run.id)}>
      {film}
    </Veil>
  );
}
