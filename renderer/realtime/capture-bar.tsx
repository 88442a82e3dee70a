import { Bookmark, Dices, Lock, LockOpen, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { isLeftToChance } from '../../shared/realtime/request.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useRequests } from '../stores/requests.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';

/** Under the picture: hold it, keep it, and what it is. */
export function CaptureBar({ endpointId }: { readonly endpointId: string }): ReactNode {
  const sight = useLive((state) => state.sight);
  return (
    <div className="flex h-[57px] shrink-0 items-center gap-2 border-t border-line bg-panel px-4">
      <CaptureButtons />
      <div className="flex-1" />
      <SessionSeed endpointId={endpointId} />
      {sight.kind === 'picture' && (
        <span className="tabular pl-2 whitespace-nowrap text-soft">
          {sight.width} × {sight.height}
        </span>
      )}
    </div>
  );
}

export function CaptureButtons(): ReactNode {
  const keys = useApp((state) => state.switches.singleKeys);
  const frozen = useLive((state) => state.frozen);
  const setFrozen = useLive((state) => state.setFrozen);
  const begun = useLive((state) => state.begun);
  const keep = useLive((state) => state.keep);
  const canKeep = useLive((state) => state.sight.kind === 'picture' && !state.keeping);
  return (
    <>
      <Button
        aria-pressed={frozen}
        disabled={!begun}
        onClick={() => setFrozen(!frozen)}
        className="aria-pressed:border-edge aria-pressed:bg-pressed"
      >
        {frozen ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        Freeze
        {keys && <Kbd keys="F" className="text-faint" />}
      </Button>
      <Button disabled={!canKeep} onClick={() => void keep()}>
        <Bookmark size={14} aria-hidden />
        Keep
        {keys && <Kbd keys="K" className="text-faint" />}
      </Button>
    </>
  );
}

/** The seed that stands in for one left to chance, so that the picture changes by what was changed alone. */
function SessionSeed({ endpointId }: { readonly endpointId: string }): ReactNode {
  const seed = useLive((state) => state.seedInSight);
  const held = useLive((state) => state.seedHeld);
  const begun = useLive((state) => state.begun);
  const newSeed = useLive((state) => state.newSeed);
  const holdSeed = useLive((state) => state.holdSeed);
  const open = useRequests((state) => {
    const form = state.forms[endpointId];
    const draft = state.drafts[endpointId] ?? {};
    return form?.kind === 'form' && form.form.fields.some((field) => isLeftToChance(field, draft));
  });
  if (!open || !begun) return null;
  return (
    <div className="flex min-w-0 items-center">
      {seed !== null && <span className="tabular truncate pr-1 text-soft">Seed {String(seed)}</span>}
      <IconButton label="New seed" onClick={newSeed}>
        <Dices size={14} aria-hidden />
      </IconButton>
      <IconButton label="Same seed for every change" aria-pressed={held} onClick={() => holdSeed(!held)}>
        {held ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
      </IconButton>
    </div>
  );
}
