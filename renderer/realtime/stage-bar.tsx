import { Activity, Maximize2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ConnectionOptions } from './connection-options.tsx';
import { toggleInstruments } from './keys.ts';
import { linkWords } from './link.ts';
import type { LiveLink } from './link.ts';

/** Over the picture: how the connection stands, and how the picture is looked at. */
export function StageBar(): ReactNode {
  const immerse = useApp((state) => state.immerse);
  const keys = useApp((state) => state.switches.singleKeys);
  const resting = useLive(
    ({ begun, sight, link }) =>
      begun && sight.kind !== 'nothing' && link.kind === 'open' && link.state.kind === 'idle',
  );
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line pr-3 pl-4">
      <LinkState />
      {resting && <p className="truncate text-faint">· the next change connects again</p>}
      <div className="flex-1" />
      <InstrumentsButton />
      <ConnectionOptions />
      <IconButton
        data-full-view
        label="Full view"
        shortcut={keys ? 'V' : undefined}
        side="bottom"
        onClick={() => immerse(true)}
      >
        <Maximize2 size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

/** Its changes are read aloud; frames are not. */
export function LinkState(): ReactNode {
  const link = useLive((state) => state.link);
  const frozen = useLive((state) => state.frozen);
  return (
    <div className="flex items-center gap-2 text-soft">
      <span aria-hidden className={cx('size-2 rounded-full', dotOf(link))} />
      <p role="status">
        {linkWords(link)}
        {frozen && ', frozen'}
      </p>
    </div>
  );
}

function dotOf(link: LiveLink): string {
  if (link.kind !== 'open') return 'border border-edge';
  switch (link.state.kind) {
    case 'live':
      return 'bg-text';
    case 'connecting':
      return 'animate-pulse bg-edge motion-reduce:animate-none';
    case 'waiting':
    case 'failed':
      return 'bg-danger';
    case 'idle':
      return 'border border-edge';
  }
}

export function InstrumentsButton(): ReactNode {
  const shown = useApp((state) => state.switches.instruments);
  const keys = useApp((state) => state.switches.singleKeys);
  return (
    <IconButton
      label="Instruments"
      shortcut={keys ? 'I' : undefined}
      side="bottom"
      aria-pressed={shown}
      onClick={toggleInstruments}
      className="aria-pressed:bg-hover aria-pressed:text-text"
    >
      <Activity size={14} aria-hidden />
    </IconButton>
  );
}
