import { PanelLeft } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useFacets } from '../../stores/facets.ts';
import { useFound } from '../../stores/found.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
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
      <QueryBox input={input}>
        <Count />
      </QueryBox>
      <SearchHelp />
    </div>
  );
}

/** How many were found; said once they are counted, not at every key. */
function Count(): ReactNode {
  const text = useFound((state) => state.text);
  const of = useFacets((state) => state.of);
  const total = useFacets((state) => state.facets?.total ?? null);
  return (
    <span
      role="status"
      className={cx(
        'tabular mr-1.5 shrink-0 text-xs text-faint transition-opacity duration-120',
        of !== text && 'opacity-60 delay-150',
      )}
    >
      {total !== null && `${total.toLocaleString('en-US')} found`}
    </span>
  );
}
