import { Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { RunMany } from '../batch/run-many.tsx';
import { EstimateNote } from '../money/estimate-note.tsx';
import { useApp } from '../stores/app.ts';
import { askedFor, useAsked } from '../stores/asked.ts';
import { usePlayground } from '../stores/playground.ts';
import { useActiveProfile, whatIsMissing } from '../stores/profiles.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Kbd } from '../ui/kbd.tsx';

/** Milliseconds; what is answered sooner need not say that it waits. */
const SOON = 150;

/** The one button that costs money, and why it did nothing. */
export function RunBar({ endpointId }: { readonly endpointId: string }): ReactNode {
  const ready = useRequests((state) => (state.forms[endpointId]?.kind ?? 'loading') !== 'loading');
  const run = usePlayground((state) => state.run);
  const sending = useLasting(usePlayground((state) => state.starting.has(endpointId)));
  const refusal = usePlayground((state) => state.refusal);
  const marked = useRequests((state) => state.complaints[endpointId]?.byField.size ?? 0);
  const options = useAsked((state) => {
    const asked = askedFor(state, endpointId);
    return asked.kind === 'wrong' ? asked.count : 0;
  });
  const profile = useActiveProfile();
  const missing = profile === undefined ? null : whatIsMissing(profile);
  const go = useApp((state) => state.go);
  return (
    <div className="shrink-0 border-t border-line">
      {refusal !== null && (
        <div className="p-3 pb-0">
          <ErrorNote
            error={refusal}
            action={refusal.kind === 'auth' && <Button onClick={() => go('settings')}>Open Settings</Button>}
          />
        </div>
      )}
      <div className="flex h-14 items-center gap-3 px-4">
        <Button
          look="primary"
          // It keeps the focus meanwhile; what is pressed then, the store takes no notice of.
          aria-disabled={sending || undefined}
          className="h-9 px-4 aria-disabled:opacity-50"
          disabled={!ready}
          onClick={() => void run()}
        >
          <Play size={14} aria-hidden fill="currentColor" />
          {sending ? 'Sending…' : 'Run'}
          <Kbd keys="Mod+Enter" className="pl-1" />
        </Button>
        <RunMany endpointId={endpointId} />
        <EstimateNote endpointId={endpointId} />
        <p className="min-w-0 truncate text-faint">
          {marked > 0
            ? `${marked} ${marked === 1 ? 'field needs' : 'fields need'} a change`
            : options > 0
              ? `${options} ${options === 1 ? 'option needs' : 'options need'} a change`
              : missing !== null && missing.charAt(0).toUpperCase() + missing.slice(1)}
        </p>
      </div>
    </div>
  );
}

/** Whether something has gone on for a while. */
function useLasting(on: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLasting(true), SOON);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [on]);
  return on && lasting;
}
