import { X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useModels } from '../stores/models.ts';
import { useRequests } from '../stores/requests.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { beginWith } from './begin-with.ts';
import { useCarried } from './carried.ts';

/** Over an untouched form: what the model that was open before can give it. */
export function CarryOffer({ endpointId }: { readonly endpointId: string }): ReactNode {
  const untouched = useRequests((state) => Object.keys(state.drafts[endpointId] ?? {}).length === 0);
  return untouched && <Offer endpointId={endpointId} />;
}

function Offer({ endpointId }: { readonly endpointId: string }): ReactNode {
  const carried = useCarried(endpointId);
  const models = useModels((state) => state.byId);
  const [refused, setRefused] = useState(false);
  if (refused || carried === null) return null;
  const { from, input, what } = carried;
  const name = models.get(from)?.name ?? from;
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line py-1.5 pr-2 pl-4">
      <p className="line-clamp-2 min-w-0 flex-1 break-words text-soft" title={`${what} from ${name}`}>
        <span className="text-text">{upperFirst(what)}</span> from {name}
      </p>
      <Button
        className="h-7 px-2"
        onClick={() => beginWith(endpointId, input, `Taken over from ${name}: ${what}`)}
      >
        Take over
      </Button>
      <IconButton label="Do not take anything over" side="bottom" onClick={() => setRefused(true)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
