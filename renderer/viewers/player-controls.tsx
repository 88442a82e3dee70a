import { Pause, Play, Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import type { Player } from './audio/use-player.ts';

/* What a sound and a film are played by alike. */

export function PlayButton({ player: { playing, control } }: { readonly player: Player }): ReactNode {
  return (
    <IconButton
      label={playing ? 'Pause' : 'Play'}
      shortcut="Space"
      onClick={control.toggle}
      className="text-text"
    >
      {playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
    </IconButton>
  );
}

interface MuteButtonProps {
  readonly muted: boolean;
  readonly onChange: (muted: boolean) => void;
  readonly shortcut?: string;
}

export function MuteButton({ muted, onChange, shortcut }: MuteButtonProps): ReactNode {
  return (
    <IconButton label={muted ? 'Sound on' : 'Mute'} shortcut={shortcut} onClick={() => onChange(!muted)}>
      {muted ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />}
    </IconButton>
  );
}

const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2].map((value) => ({ value, label: `${value}×` }));

interface SpeedSelectProps {
  readonly player: Player;
  /** The slowest there is any use for. */
  readonly slowest: number;
  readonly className: string;
}

export function SpeedSelect({ player, slowest, className }: SpeedSelectProps): ReactNode {
  const [speed, setSpeed] = useState(1);
  return (
    <Select
      label="Speed"
      options={SPEEDS.filter(({ value }) => value >= slowest)}
      value={speed}
      className={className}
      onChange={(value) => {
        setSpeed(value);
        player.control.setSpeed(value);
      }}
    />
  );
}
