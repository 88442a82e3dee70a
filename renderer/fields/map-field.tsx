import { Plus, X } from 'lucide-react';
import { useContext, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { isJsonObject } from '../../shared/json.ts';
import type { MapField as Field } from '../../shared/schema/field.ts';
import { startingValue } from '../../shared/schema/items.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import { Button } from '../ui/button.tsx';
import { fieldElement, focusWithin } from './focus-row.ts';
import { Group } from './group.tsx';
import { MapRow } from './map-row.tsx';
import type { NestedProps } from './nestable.ts';
import { PlaceContext, within } from './place.ts';
import { useNameKeys } from './use-name-keys.ts';
import { withoutSlider } from './without-slider.ts';

/** Values under names that the person chooses: a row each. */
export function MapField(props: NestedProps<Field>): ReactNode {
  const { field, path, value, problems, onChange } = props;
  const map = isJsonObject(value) ? value : {};
  const names = Object.keys(map);
  const narrow = useMemo(() => withoutSlider(field.value), [field.value]);
  const keys = useNameKeys();
  const rows = useRef<HTMLUListElement>(null);
  const place = useContext(PlaceContext);
  const [said, setSaid] = useState('');
  const focusName = (index: number): void => {
    const name = rows.current?.children[index]?.querySelector('input');
    if (name == null) focusWithin(fieldElement(document, place));
    else name.focus();
  };

  const add = (): void => {
    const name = freeName(names);
    flushSync(() => onChange({ ...map, [name]: startingValue(field.value) }));
    const input = rows.current?.children[names.length]?.querySelector('input');
    input?.focus();
    input?.select();
  };
  const remove = (index: number): void => {
    const kept = Object.entries(map).filter((_, at) => at !== index);
    keys.forget(names[index] ?? '');
    flushSync(() => onChange(Object.fromEntries(kept)));
    focusName(Math.min(index, kept.length - 1));
    setSaid(`${names[index] ?? ''} removed, ${kept.length} left`);
  };
  const rename = (from: string, to: string): void => {
    keys.rename(from, to);
    onChange(Object.fromEntries(Object.entries(map).map(([name, one]) => [name === from ? to : name, one])));
  };
  const addButton = (
    <Button data-add look="quiet" className="-mx-2 h-7 gap-1 px-2" onClick={add}>
      <Plus size={14} aria-hidden />
      Add entry
    </Button>
  );
  return (
    <Group
      field={field}
      problems={problems}
      foldable={names.length > 0}
      initiallyOpen
      summary={`${names.length} ${names.length === 1 ? 'entry' : 'entries'}`}
      aside={names.length === 0 && addButton}
    >
      <div className="space-y-1">
        <ul ref={rows} className="space-y-1.5">
          {names.map((name, index) => (
            <MapRow
              key={keys.of(name)}
              field={narrow}
              path={within(path, name)}
              placeOf={(other) => pointerOf(within(path, other))}
              name={name}
              value={map[name]}
              isTaken={(other) => other !== name && Object.hasOwn(map, other)}
              onRename={rename}
              removeButton={
                <button
                  type="button"
                  aria-label={`Remove ${name}`}
                  title="Remove"
                  onClick={() => remove(index)}
                  className="mt-1 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text"
                >
                  <X size={14} aria-hidden />
                </button>
              }
            />
          ))}
        </ul>
        {addButton}
      </div>
      <span role="status" className="sr-only">
        {said}
      </span>
    </Group>
  );
}

function freeName(names: readonly string[]): string {
  let count = names.length + 1;
  while (names.includes(`name_${count}`)) count += 1;
  return `name_${count}`;
}
