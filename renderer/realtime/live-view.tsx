import { CloudOff, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { cx } from '../ui/cx.ts';
import { keysText } from '../ui/kbd.tsx';
import { State } from '../ui/state.tsx';
import { mayAnswerLive } from './link.ts';
import { LinkNote } from './link-note.tsx';
import { NotLive } from './not-live.tsx';
import { useOnline } from './use-online.ts';

/** The canvas, or what there is in its place. The canvas itself stays: frames are painted on it past React. */
export function LiveView({ endpointId }: { readonly endpointId: string }): ReactNode {
  const attach = useLive((state) => state.attach);
  const sight = useLive((state) => state.sight);
  const immersed = useApp((state) => state.immersed);
  const picture = sight.kind === 'picture';
  return (
    <div className={cx('relative flex min-h-0 flex-1 flex-col', picture && (immersed ? 'p-2' : 'p-4 pb-2'))}>
      <canvas
        ref={attach}
        role="img"
        aria-label="Live picture"
        className={cx('min-h-0 w-full flex-1 object-contain', !picture && 'hidden')}
      />
      {sight.kind === 'text' && (
        <pre
          // A scrolled region must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label="Answer"
          className="min-h-0 flex-1 overflow-y-auto p-6 font-mono text-xs leading-[18px] break-words whitespace-pre-wrap select-text focus-visible:outline-offset-[-2px]"
        >
          {sight.text}
        </pre>
      )}
      {sight.kind === 'nothing' && <Nothing endpointId={endpointId} />}
    </div>
  );
}

function Nothing({ endpointId }: { readonly endpointId: string }): ReactNode {
  const link = useLive((state) => state.link);
  const tried = useLive((state) => mayAnswerLive(endpointId, state.insistedOn));
  const offline = !useOnline();
  const onFal = useProfiles((state) => activeRealm(state) === 'fal');
  switch (link.kind) {
    case 'closed':
      return tried ? <Ready /> : <NotLive endpointId={endpointId} error={null} />;
    case 'unopened':
      return <NotLive endpointId={endpointId} error={link.error} />;
    case 'opening':
      return <Ready />;
    case 'open':
      break;
    default:
      return assertNever(link);
  }
  switch (link.state.kind) {
    case 'idle':
      return offline && onFal ? (
        <State
          icon={<CloudOff size={32} strokeWidth={1.25} aria-hidden />}
          title="You are offline"
          text="A live model needs the network. What you change here is kept."
        />
      ) : (
        <Ready />
      );
    case 'connecting':
      return (
        <State
          title="Connecting…"
          text="The first picture can take a while: the model may have to wake up."
        />
      );
    case 'live':
      return <State title="Waiting for the first picture…" />;
    case 'waiting':
    case 'failed':
      return (
        <div className="m-auto p-8">
          <LinkNote />
        </div>
      );
    default:
      return assertNever(link.state);
  }
}

function Ready(): ReactNode {
  return (
    <State
      icon={<Zap size={32} strokeWidth={1.25} aria-hidden />}
      title="Change anything, and watch"
      text={`Move a slider or edit the prompt, or press ${keysText('Mod+Enter')}. Until then nothing is connected, sent or charged.`}
    />
  );
}
