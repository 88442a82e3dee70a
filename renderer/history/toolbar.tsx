import { LayoutGrid, Rows3 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HistoryOrder } from '../../shared/history/found.ts';
import { TILE_SIZES } from '../../shared/history/look.ts';
import type { Grouping } from '../../shared/history/look.ts';
import { useFound } from '../stores/found.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Select } from '../ui/select.tsx';
import { Slider } from '../ui/slider.tsx';
import { useRailShown } from './rail-shown.ts';
import { runsWords } from './words.ts';

const GROUPINGS = [
  { value: 'day', label: 'By day' },
  { value: 'session', label: 'By session' },
  { value: 'batch', label: 'By batch' },
  { value: 'model', label: 'By model' },
  { value: 'none', label: 'Ungrouped' },
] as const satisfies readonly { readonly value: Grouping; readonly label: string }[];

const ORDERS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'model', label: 'Model' },
  { value: 'cost', label: 'Highest cost' },
] as const satisfies readonly { readonly value: HistoryOrder; readonly label: string }[];

/** How what was found is shown. */
export function HistoryToolbar(): ReactNode {
  const { ids, complete, grouping, order, view, size, setGrouping, setOrder, setView, setSize } = useFound();
  // The counts beside the results begin with it.
  const [counted] = useRailShown();
  return (
    <div className="@container shrink-0 border-b border-line">
      <div className="flex h-11 items-center gap-2 pr-3 pl-4">
        <p className="tabular min-w-0 flex-1 truncate text-xs text-faint">
          {!counted && ids !== null && complete && runsWords(ids.length)}
        </p>
        {view === 'grid' && (
          <div className="w-24 @max-[34rem]:w-14 @max-[26rem]:hidden">
            <Slider
              label="Size of the tiles"
              value={size}
              min={TILE_SIZES.least}
              max={TILE_SIZES.most}
              step={TILE_SIZES.step}
              largeStep={4 * TILE_SIZES.step}
              valueText={`${size} pixels`}
              onChange={setSize}
            />
          </div>
        )}
        <Select
          label="Group"
          options={GROUPINGS}
          value={grouping}
          onChange={setGrouping}
          className="w-28 text-xs"
        />
        <Select
          label="Order"
          options={ORDERS}
          value={order}
          onChange={setOrder}
          className="w-32 text-xs @max-[20rem]:hidden"
        />
        <div role="group" aria-label="View" className="flex">
          <IconButton
            label="Grid"
            side="bottom"
            aria-pressed={view === 'grid'}
            onClick={() => setView('grid')}
            className={cx(view === 'grid' && 'bg-hover text-text')}
          >
            <LayoutGrid size={14} aria-hidden />
          </IconButton>
          <IconButton
            label="List"
            side="bottom"
            aria-pressed={view === 'list'}
            onClick={() => setView('list')}
            className={cx(view === 'list' && 'bg-hover text-text')}
          >
            <Rows3 size={14} aria-hidden />
          </IconButton>
        </div>
      </div>
    </div>
  );
}
