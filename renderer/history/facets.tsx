import { useDeferredValue, useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Facets as Counts } from '../../shared/history/found.ts';
import { sumWords } from '../../shared/money/words.ts';
import { useFacets } from '../stores/facets.ts';
import { useFound } from '../stores/found.ts';
import { useProfiles } from '../stores/profiles.ts';
import { cx } from '../ui/cx.ts';
import { groupsOf } from './facet-groups.ts';
import type { FacetRow } from './facet-groups.ts';
import { facetKey, FacetGroupRows } from './facet-rows.tsx';
import { useRailShown } from './rail-shown.ts';
import { toggled } from './soles.ts';
import type { Sole } from './soles.ts';
import { useHeldRow } from './use-held-row.ts';

/** What of all that was found there is, to narrow it: each row puts its filter into the search and takes it out again. */
export function Facets(): ReactNode {
  const [shown] = useRailShown();
  const facets = useFacets((state) => state.facets);
  // Not what is typed by now: counts of what was typed before say nothing of it.
  const blank = useFacets((state) => state.of?.trim() === '');
  if (!shown || facets === null) return null;
  // Of nothing there is nothing to narrow.
  return blank && facets.total === 0 && facets.trashed === 0 ? null : <Rail facets={facets} />;
}

function Rail({ facets }: { readonly facets: Counts }): ReactNode {
  // Drawn behind what is typed, which does not wait for it.
  const text = useDeferredValue(useFound((state) => state.text));
  const setText = useFound((state) => state.setText);
  const others = useFacets((state) => state.others);
  const old = useFacets((state) => state.of) !== text;
  const failed = useFacets((state) => state.failed);
  const profiles = useProfiles((state) => state.profiles);
  // Of the rows one can be reached by Tab; the arrows lead to the others.
  const [at, setAt] = useState<string | null>(null);
  const groups = useMemo(() => {
    const keyNames = new Map(profiles.map(({ id, name }) => [id, name]));
    return groupsOf({ text, facets, others, keyNames });
  }, [text, facets, others, profiles]);
  const list = useHeldRow('[data-facet-row]', groups);
  const keys = groups.flatMap(({ rows }) => rows.map(facetKey));
  const reached = at !== null && keys.includes(at) ? at : (keys[0] ?? null);
  const toggle = (row: FacetRow, sole: Sole | null, not: boolean): void =>
    setText(toggled(useFound.getState().text, row.filter, sole, not));
  return (
    <aside
      aria-label="Filters"
      className="flex w-50 shrink-0 flex-col overflow-y-auto overscroll-contain border-r border-line p-1.5"
    >
      <Sums facets={facets} />
      {failed !== null && <p className="px-2 pb-2 text-xs text-danger">{failed}</p>}
      <div
        role="toolbar"
        aria-label="Narrow what was found"
        aria-orientation="vertical"
        className={cx('transition-opacity duration-120', old && 'opacity-60 delay-150')}
      >
        <div ref={list} role="presentation" onKeyDown={move}>
          {groups.map(({ title, sole, rows }) => (
            <FacetGroupRows
              key={title}
              title={title}
              rows={rows}
              text={text}
              reached={reached}
              onReach={setAt}
              onToggle={(row, not) => toggle(row, sole, not)}
            />
          ))}
        </div>
      </div>
    </aside>
  );
}

function Sums({ facets }: { readonly facets: Counts }): ReactNode {
  const cost = sumWords({ known: facets.cost, unknown: facets.unpriced });
  return (
    <div className="px-2 pt-1 pb-2">
      <p className="tabular">
        {facets.total.toLocaleString('en-US')} {facets.total === 1 ? 'run' : 'runs'}
      </p>
      {cost !== null && <p className="tabular text-xs text-faint">{cost}</p>}
    </div>
  );
}

/** Up and down go from row to row, right to what leaves a row out, Home and End to the ends. */
function move(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-facet]')];
  const row = event.target instanceof Element ? event.target.closest('[data-facet-row]') : null;
  const index = rows.findIndex((one) => row?.contains(one));
  if (index === -1) return;
  const to = {
    ArrowDown: rows[index + 1],
    ArrowUp: rows[index - 1],
    ArrowLeft: rows[index],
    ArrowRight: row?.querySelector<HTMLElement>('[data-leave-out]') ?? undefined,
    Home: rows[0],
    End: rows.at(-1),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}
