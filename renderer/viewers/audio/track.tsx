import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { moment } from '../../../shared/media/transcript.ts';
import { IconButton } from '../../ui/button.tsx';
import { MuteButton, PlayButton, SpeedSelect } from '../player-controls.tsx';
import { Waveform } from './waveform.tsx';
import type { Player } from './use-player.ts';

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
  const { bind, time, duration } = player;
  const [muted, setMuted] = useState(false);
  return (
    <section aria-label={name} className="w-full min-w-0">
      {/* What a model makes comes without captions. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={bind} src={src} preload="metadata" onError={onError} muted={muted} />
      {title !== undefined && <h2 className="truncate pb-1 text-soft">{title}</h2>}
      <Waveform player={player} name={name} src={src} bytes={bytes} className={tall ? 'h-32' : 'h-12'} />
      <div className="flex items-center gap-1 pt-2">
        <PlayButton player={player} />
        <span className="tabular px-1 text-soft">
          {moment(time)} / {duration === null ? '–' : moment(duration)}
        </span>
        <span className="grow" />
        <SpeedSelect player={player} slowest={0.5} className="h-7 w-19" />
        <MuteButton muted={muted} onChange={setMuted} />
        {onSave !== undefined && (
          <IconButton label={`Save ${title ?? name}…`} onClick={onSave}>
            <Download size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </section>
  );
}
