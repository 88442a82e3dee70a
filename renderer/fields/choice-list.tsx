import { Combobox } from '@base-ui/react/combobox';
import { Plus, Search, X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonValue } from '../../shared/json.ts';
import type { ChoiceField, ChoiceOption, ListField } from '../../shared/schema/field.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { findOptions, indexOptions } from '../ui/find-options.ts';
import { OptionRows } from '../ui/option-rows.tsx';
import type { ScrollTo } from '../ui/option-rows.tsx';
import { FieldRow } from './field-row.tsx';
import type { NestedProps } from './nestable.ts';
import { useDescribedBy } from './place.ts';

interface ChoiceListProps extends NestedProps<ListField> {
  readonly item: ChoiceField;
  readonly items: readonly JsonValue[];
}

/** Several of many, each once: what is chosen stands as chips, and the rest is found by typing. */
export function ChoiceList(props: ChoiceListProps): ReactNode {
  const { field, item, items, value, problems, onChange } = props;
  const describedBy = useDescribedBy(problems);
  const [query, setQuery] = useState('');
  const scroll = useRef<ScrollTo>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const { options } = item;
  const index = useMemo(() => indexOptions(options.map(({ label }) => label)), [options]);
  const found = useMemo(
    () => findOptions(index, query).flatMap((at) => options[at] ?? []),
    [index, options, query],
  );
  // What stands in the request and is no choice is shown all the same, or it could not be taken out.
  const chosen = items.map(
    (one): ChoiceOption =>
      options.find((option) => option.value === one) ?? { value: String(one), label: String(one) },
  );
  const full = field.maxItems !== undefined && items.length >= field.maxItems;
  const addWords = full ? `No more than ${field.maxItems}` : `Add ${inSentence(item.label)}`;
  const remove = (at: number): void => {
    onChange(items.toSpliced(at, 1));
    trigger.current?.focus();
  };
  const choose = (next: readonly ChoiceOption[]): void => {
    const added = next.filter((option) => !items.includes(option.value)).map((option) => option.value);
    const kept = items.filter((one, at) =>
      next.some((option) => option.value === chosen[at]?.value || option.value === one),
    );
    onChange([...kept, ...added].slice(0, field.maxItems ?? Infinity));
  };
  const counted = field.maxItems === undefined ? `${items.length}` : `${items.length} of ${field.maxItems}`;
  return (
    <FieldRow
      field={field}
      problems={problems}
      value={value}
      onChange={onChange}
      aside={<span className="tabular shrink-0 text-xs text-faint">{items.length > 0 && counted}</span>}
    >
      <Combobox.Root
        virtualized
        multiple
        items={options}
        filteredItems={found}
        value={chosen}
        onValueChange={choose}
        isItemEqualToValue={(a, b) => a.value === b.value}
        itemToStringLabel={(option) => option.label}
        inputValue={query}
        onInputValueChange={setQuery}
        onOpenChange={(open) => {
          if (open) setQuery('');
        }}
        autoHighlight
        onItemHighlighted={(_, { reason, index: at }) => {
          if (reason !== 'pointer' && at >= 0) queueMicrotask(() => scroll.current?.(at));
        }}
      >
        <div className="flex min-w-0 flex-wrap items-center gap-1">
          <ul aria-label={`Chosen: ${field.label}`} className="contents">
            {chosen.map((option, at) => (
              <li
                key={String(option.value)}
                className="flex h-7 max-w-full min-w-0 items-center rounded-md border border-line bg-raised pl-2"
              >
                <span className="truncate" title={option.label}>
                  {option.label}
                </span>
                <button
                  type="button"
                  aria-label={`Remove ${option.label}`}
                  onClick={() => remove(at)}
                  className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-faint hover:text-text"
                >
                  <X size={12} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
          <Combobox.Trigger
            ref={trigger}
            data-add
            aria-label={addWords}
            aria-describedby={describedBy}
            className="flex h-7 items-center gap-1 rounded-md px-2 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover"
          >
            <Plus size={14} aria-hidden />
            {addWords}
          </Combobox.Trigger>
        </div>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} align="start" className="z-40 outline-hidden">
            <Combobox.Popup
              aria-label={field.label}
              className="w-72 overflow-hidden rounded-lg border border-line bg-raised text-text shadow-float outline-hidden"
            >
              <div className="flex h-9 items-center gap-2 border-b border-line px-3">
                <Search size={14} aria-hidden className="shrink-0 text-faint" />
                <Combobox.Input
                  aria-label={`Find in ${field.label}`}
                  placeholder={`Find among ${options.length.toLocaleString('en-US')}`}
                  spellCheck={false}
                  className="h-full min-w-0 flex-1 bg-transparent outline-hidden placeholder:text-faint"
                />
              </div>
              <Combobox.Empty className="px-3 py-2 text-soft empty:hidden">
                Nothing is called that.
              </Combobox.Empty>
              <Combobox.List>
                <OptionRows items={found} labelOf={(option) => option.label} chosen={-1} scrollRef={scroll} />
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </FieldRow>
  );
}
