import { Autocomplete } from '@base-ui/react/autocomplete';
import { useId, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ChoiceField } from '../../shared/schema/field.ts';
import { findOptions, indexOptions } from '../ui/find-options.ts';
import { OptionRows } from '../ui/option-rows.tsx';
import type { ScrollTo } from '../ui/option-rows.tsx';
import { FieldRow } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';
import { useDescribedBy } from './place.ts';

/** Known values to choose from, and any other text as well. Typing narrows the list; a default hides nothing. */
export function OpenChoice({ field, value, problems, onChange }: ControlProps<ChoiceField>): ReactNode {
  const id = useId();
  const describedBy = useDescribedBy(problems);
  const [typed, setTyped] = useState<string | null>(null);
  const scroll = useRef<ScrollTo>(null);
  const options = useMemo(() => field.options.map((option) => String(option.value)), [field.options]);
  const index = useMemo(() => indexOptions(options), [options]);
  const found = useMemo(
    () => findOptions(index, typed ?? '').flatMap((at) => options[at] ?? []),
    [index, options, typed],
  );
  return (
    <FieldRow field={field} controlId={id} problems={problems} value={value} onChange={onChange}>
      <Autocomplete.Root
        virtualized
        items={found}
        mode="none"
        openOnInputClick
        onItemHighlighted={(_, { reason, index: at }) => {
          if (reason !== 'pointer' && at >= 0) queueMicrotask(() => scroll.current?.(at));
        }}
        value={typed ?? (typeof value === 'string' ? value : '')}
        onValueChange={(text) => {
          setTyped(text);
          onChange(text === '' ? undefined : text);
        }}
      >
        <Autocomplete.Input
          id={id}
          aria-invalid={problems.length > 0}
          aria-describedby={describedBy}
          placeholder={field.required ? 'Choose or write' : 'auto'}
          onBlur={() => setTyped(null)}
          className="field h-8 w-full px-2.5"
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} className="z-40 outline-hidden">
            <Autocomplete.Popup className="w-(--anchor-width) rounded-lg border border-line bg-raised text-text shadow-float outline-hidden data-empty:hidden">
              <OptionRows
                items={found}
                labelOf={(option) => option}
                chosen={typeof value === 'string' ? found.indexOf(value) : -1}
                scrollRef={scroll}
              />
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </FieldRow>
  );
}
