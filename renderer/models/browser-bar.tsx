import { memo } from 'react';
import type { ReactNode } from 'react';
import { useActiveProfile, whatIsMissing } from '../stores/profiles.ts';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { perUnit } from '../viewers/words.ts';
import type { Filters, Order, PriceWish } from './narrow.ts';

const ORDERS = [
  { value: 'relevance', label: 'Best match' },
  { value: 'newest', label: 'Newest' },
  { value: 'name', label: 'Name' },
] as const satisfies readonly { readonly value: Order; readonly label: string }[];

interface BrowserBarProps {
  readonly filters: Filters;
  readonly onChange: (some: Partial<Filters>) => void;
  /** Deprecated models that would be in the list. */
  readonly hidden: number;
  /** Units of the prices that are known. */
  readonly units: readonly string[];
  /** How far the reading of prices is, while it matters. */
  readonly progress: string | null;
}

/** How the list is ordered and what else is asked of a model. */
export const BrowserBar = memo(function BrowserBar(props: BrowserBarProps): ReactNode {
  const { filters, onChange, hidden, units, progress } = props;
  const { order, price, deprecated } = filters;
  const profile = useActiveProfile();
  // Prices are told to whoever has a key.
  const pricesAreTold = profile !== undefined && whatIsMissing(profile) === null;
  const prices = [
    { value: ANY, label: 'Any price' },
    { value: KNOWN, label: 'Price known' },
    ...units.map((unit) => ({ value: unit, label: perUnit(unit) })),
  ];
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-2 border-b border-line px-2 py-1">
      <Select
        label="Order"
        options={ORDERS}
        value={order}
        onChange={(next) => onChange({ order: next })}
        className="w-32"
      />
      {pricesAreTold && (
        <Select
          label="Price"
          options={prices}
          value={price.kind === 'any' ? ANY : price.kind === 'known' ? KNOWN : price.unit}
          onChange={(value) => onChange({ price: wishOf(value) })}
          className="w-36"
        />
      )}
      {progress !== null && <span className="tabular text-xs text-faint">{progress}</span>}
      <div className="flex-1" />
      <span aria-hidden className="text-faint">
        Deprecated{hidden > 0 && <span className="tabular"> {hidden}</span>}
      </span>
      <Switch
        label="Show deprecated models"
        checked={deprecated}
        onChange={(next) => onChange({ deprecated: next })}
      />
    </div>
  );
});

/** No unit of fal's begins with a space. */
const ANY = ' any';
const KNOWN = ' known';

function wishOf(value: string): PriceWish {
  if (value === ANY) return { kind: 'any' };
  return value === KNOWN ? { kind: 'known' } : { kind: 'unit', unit: value };
}
