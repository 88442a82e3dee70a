import { Combobox } from '@base-ui/react/combobox';
import { ChevronDown, Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { findOptions, indexOptions } from './find-options.ts';
import { OptionRows } from './option-rows.tsx';
import type { ScrollTo } from './option-rows.tsx';
import type { SelectOption, SelectProps } from './select.tsx';

interface Entry<T> {
  readonly label: string;
  /** Null takes the choice back. */
  readonly option: SelectOption<T> | null;
}

/** One of many: a button that opens a list to search in, with the chosen one in sight. */
export function Finder<T extends string | number | boolean>(props: SelectProps<T>): ReactNode {
  const { label, options, value, placeholder = 'Choose', describedBy, invalid = false, className } = props;
  const { onChange, onClear } = props;
  const [query, setQuery] = useState('');
  const scroll = useRef<ScrollTo>(null);
  const clearable = onClear !== undefined;
  const entries = useMemo(() => {
    const all = options.map((option): Entry<T> => ({ label: option.label, option }));
    return clearable ? [{ label: placeholder, option: null }, ...all] : all;
  }, [options, clearable, placeholder]);
  const index = useMemo(() => indexOptions(entries.map((entry) => entry.label)), [entries]);
  const found = useMemo(
    () => findOptions(index, query).flatMap((at) => entries[at] ?? []),
    [index, entries, query],
  );
  const chosen = entries.find((entry) => entry.option !== null && entry.option.value === value) ?? null;
  return (
    <Combobox.Root
      virtualized
      items={entries}
      filteredItems={found}
      value={chosen}
      onValueChange={(entry) => {
        if (entry === null) return;
        if (entry.option === null) onClear?.();
        else onChange(entry.option.value);
      }}
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
      <Combobox.Trigger
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        className={cx(
          'field flex h-8 min-w-0 items-center justify-between gap-2 pr-2 pl-2.5 text-left',
          className,
        )}
      >
        <span className={cx('truncate', chosen === null && 'text-faint')}>
          {chosen?.label ?? placeholder}
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} align="end" className="z-40 outline-hidden">
          <Combobox.Popup
            aria-label={label}
            className="w-(--anchor-width) min-w-64 overflow-hidden rounded-lg border border-line bg-raised text-text shadow-float outline-hidden"
          >
            <div className="flex h-9 items-center gap-2 border-b border-line px-3">
              <Search size={14} aria-hidden className="shrink-0 text-faint" />
              <Combobox.Input
                aria-label={`Find in ${label}`}
                placeholder={`Find among ${options.length.toLocaleString('en-US')}`}
                spellCheck={false}
                className="h-full min-w-0 flex-1 bg-transparent outline-hidden placeholder:text-faint"
              />
            </div>
            <Combobox.Empty className="px-3 py-2 text-soft empty:hidden">
              Nothing is called that.
            </Combobox.Empty>
            <OptionRows
              items={found}
              labelOf={(entry) => entry.label}
              chosen={chosen === null ? -1 : entries.indexOf(chosen)}
              scrollRef={scroll}
            />
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
