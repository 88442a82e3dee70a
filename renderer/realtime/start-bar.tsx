import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLive } from '../stores/live.ts';
import { useActiveProfile, whatIsMissing } from '../stores/profiles.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { Kbd } from '../ui/kbd.tsx';

/** Sends the request without a change, and says why a change was not sent. */
export function StartBar({ endpointId }: { readonly endpointId: string }): ReactNode {
  const start = useLive((state) => state.start);
  const begun = useLive((state) => state.begun);
  const frozen = useLive((state) => state.frozen);
  const closed = useLive((state) => state.link.kind === 'closed' || state.link.kind === 'unopened');
  const loading = useRequests((state) => (state.forms[endpointId]?.kind ?? 'loading') === 'loading');
  const marked = useRequests((state) => state.complaints[endpointId]?.byField.size ?? 0);
  const profile = useActiveProfile();
  const missing = profile === undefined ? null : whatIsMissing(profile);
  return (
    <div className="flex h-[57px] shrink-0 items-center gap-3 border-t border-line px-4">
      <Button look="primary" className="h-9 px-4" disabled={closed || loading} onClick={start}>
        <Zap size={14} aria-hidden fill="currentColor" />
        {begun ? 'Send again' : 'Start'}
        <Kbd keys="Mod+Enter" className="pl-1" />
      </Button>
      <p className="min-w-0 text-xs text-faint">
        {marked > 0
          ? `Not sent: ${marked} ${marked === 1 ? 'field needs' : 'fields need'} a change`
          : missing !== null
            ? missing.charAt(0).toUpperCase() + missing.slice(1)
            : frozen && 'Frozen: nothing is sent'}
      </p>
    </div>
  );
}
