import { PanelLeft } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useFacets } from '../../stores/facets.ts';
import { IconButton } from '../../ui/button.tsx';
import { useRailShown } from '../rail-shown.ts';
import { QueryBox } from './query-box.tsx';
import { SearchHelp } from './search-help.tsx';
import { useCounted } from './use-counted.ts';
import { useFindKeys } from './use-find-keys.ts';

/** The history's search in its bar: the box, how many were found, and the way to the counts beside them. */
export function HistorySearch(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useRailShown();
  useCounted();
  useFindKeys(input);
  return (
    <div role="search" aria-label="History" className="flex min-w-0 flex-1 items-center gap-1">
      <IconButton
        label={shown ? 'Hide the filters' : 'Show the filters'}
        aria-expanded={shown}
        side="bottom"
        onClick={() => setShown(!shown)}
      >
        <PanelLeft size={14} aria-hidden />
      </IconButton>
      <QueryBox input={input} />
      <Count />
      <SearchHelp />
    </div>
  );
}

/** How many were found, for whoever cannot see it; said once they are counted, not at every key nor at every run that comes in. */
function Count(): ReactNode {
  const of = useFacets((state) => state.of);
  const now = useFacets((state) => state.facets?.total ?? null);
  const [{ total, text }, setSaid] = useState({ total: now, text: of });
  if (text !== of) setSaid({ total: now, text: of });
  return (
    <span role="status" className="sr-only">
      {total !== null && `${total.toLocaleString('en-US')} found`}
    </span>
  );
}
