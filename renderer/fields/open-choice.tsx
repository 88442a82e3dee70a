import { Autocomplete } from '@base-ui/react/autocomplete';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import type { ChoiceField } from '../../shared/schema/field.ts';
import { FieldRow, problemsId } from './field-row.tsx';
import type { ControlProps } from './field-row.tsx';

/** Known values to choose from, and any other text as well. Typing narrows the list; a default hides nothing. */
export function OpenChoice({ field, value, problems, onChange }: ControlProps<ChoiceField>): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const options = field.options.map((option) => String(option.value));
  const found =
    typed === null ? options : options.filter((option) => option.toLowerCase().includes(typed.toLowerCase()));
  return (
    <FieldRow field={field} controlId={id} problems={problems}>
      <Autocomplete.Root
        items={found}
        mode="none"
        openOnInputClick
        value={typed ?? (typeof value === 'string' ? value : '')}
        onValueChange={(text) => {
          setTyped(text);
          onChange(text === '' ? undefined : text);
        }}
      >
        <Autocomplete.Input
          id={id}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? problemsId(field) : undefined}
          placeholder={field.required ? 'Choose or write' : 'auto'}
          onBlur={() => setTyped(null)}
          className="field h-8 w-full px-2.5"
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} className="z-40 outline-hidden">
            <Autocomplete.Popup className="w-(--anchor-width) rounded-lg border border-line bg-raised text-text shadow-float outline-hidden data-empty:hidden">
              <Autocomplete.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto p-1">
                {(option: string) => (
                  <Autocomplete.Item
                    key={option}
                    value={option}
                    className="flex min-h-7 cursor-default items-center rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
                  >
                    {option}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </FieldRow>
  );
}
