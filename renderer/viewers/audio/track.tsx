import { Download, Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { moment } from '../../../shared/media/transcript.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { Waveform } from './waveform.tsx';
import type { Player } from './use-player.ts';

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2].map((value) => ({ value, label: `${value}×` }));

interface TrackProps {
  readonly player: Player;
  readonly src: string;
  readonly bytes: number;
  /** What is heard. */
  readonly name: string;
  /** Shown above it, where there are several. */
  readonly title?: string;
  readonly tall?: boolean;
  readonly onError: () => void;
  readonly onSave?: () => void;
}

/** One sound: its waveform to seek in, and the buttons to hear it by. It never begins by itself. */
export function Track(props: TrackProps): ReactNode {
  const { player, src, bytes, name, title, tall = false, onError, onSave } = props;
  const { bind, playing, time, duration, control } = player;
  const [muted, setMuted] = useState(false);
  const [speed, setSpeed] = useState(1);
  return (
    <section aria-label={name} className="w-full min-w-0">
      {/* What a model makes comes without captions. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={bind} src={src} preload="metadata" onError={onError} muted={muted} />
      {title !== undefined && <h2 className="truncate pb-1 text-soft">{title}</h2>}
      <Waveform player={player} name={name} src={src} bytes={bytes} className={tall ? 'h-32' : 'h-12'} />
      <div className="flex items-center gap-1 pt-2">
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          shortcut="Space"
          onClick={control.toggle}
          className="text-text"
        >
          {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        </IconButton>
        <span className="tabular px-1 text-soft">
          {moment(time)} / {duration === null ? '–' : moment(duration)}
        </span>
        <span className="grow" />
        <Select
          label="Speed"
          options={SPEEDS}
          value={speed}
          className="h-7 w-19"
          onChange={(value) => {
            setSpeed(value);
            control.setSpeed(value);
          }}
        />
        <IconButton label={muted ? 'Sound on' : 'Mute'} onClick={() => setMuted(!muted)}>
          {muted ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />}
        </IconButton>
        {onSave !== undefined && (
          <IconButton label={`Save ${title ?? name}…`} onClick={onSave}>
            <Download size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </section>
  );
}
