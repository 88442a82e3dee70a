import { memo } from 'react';
import type { ReactNode } from 'react';
import { useActiveProfile, whatIsMissing } from '../stores/profiles.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { perUnit } from '../viewers/words.ts';
import type { Order, PriceWish } from './narrow.ts';
import type { Browsing } from './use-browsing.ts';

const ORDERS = [
  { value: 'relevance', label: 'Best match' },
  { value: 'newest', label: 'Newest' },
  { value: 'name', label: 'Name' },
] as const satisfies readonly { readonly value: Order; readonly label: string }[];

/** How the list is ordered and what else is asked of a model. */
export const BrowserBar = memo(function BrowserBar({ browsing }: { readonly browsing: Browsing }): ReactNode {
  const { filters, change, hidden } = browsing;
  const profile = useActiveProfile();
  // Prices are told to whoever has a key.
  const pricesAreTold = profile !== undefined && whatIsMissing(profile) === null;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-2 border-b border-line px-2 py-1">
      <Select
        label="Order"
        options={ORDERS}
        value={filters.order}
        onChange={(order) => change({ order })}
        className="w-32"
      />
      {pricesAreTold && <PriceFilter browsing={browsing} />}
      <div className="flex-1" />
      <span aria-hidden className="text-faint">
        Deprecated{hidden > 0 && <span className="tabular"> {hidden}</span>}
      </span>
      <Switch
        label="Show deprecated models"
        checked={filters.deprecated}
        onChange={(deprecated) => change({ deprecated })}
      />
    </div>
  );
});

/** No unit of fal's begins with a space. */
const ANY = ' any';
const KNOWN = ' known';

function PriceFilter({ browsing }: { readonly browsing: Browsing }): ReactNode {
  const { filters, change, units, priced, found } = browsing;
  const { price } = filters;
  const options = [
    { value: ANY, label: 'Any price' },
    { value: KNOWN, label: 'Price known' },
    ...units.map((unit) => ({ value: unit, label: perUnit(unit) })),
  ];
  return (
    <>
      <Select
        label="Price"
        options={options}
        value={price.kind === 'any' ? ANY : price.kind === 'known' ? KNOWN : price.unit}
        onChange={(value) => change({ price: wishOf(value) })}
        className="w-36"
      />
      {price.kind !== 'any' && priced < found && (
        <span className="tabular text-xs text-faint">
          {priced} of {found} prices read
        </span>
      )}
    </>
  );
}

function wishOf(value: string): PriceWish {
  if (value === ANY) return { kind: 'any' };
  return value === KNOWN ? { kind: 'known' } : { kind: 'unit', unit: value };
}
