import { X } from 'lucide-react';
import { useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { TupleField as Tuple } from '../../shared/schema/field.ts';
import { startingValue } from '../../shared/schema/items.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { fieldElement, focusWithin } from './focus-row.ts';
import { Group } from './group.tsx';
import { InnerField } from './inner-field.tsx';
import type { NestedProps } from './nestable.ts';
import { PlaceContext, within } from './place.ts';
import { summaryOf } from './summary.ts';
import { withoutSlider } from './without-slider.ts';

/** A few values that are there together or not at all: side by side where they fit. */
export function TupleField(props: NestedProps<Tuple>): ReactNode {
  const { field, path, value, problems, onChange } = props;
  const place = useContext(PlaceContext);
  // A slider has no room beside others.
  const items = useMemo(() => field.items.map(withoutSlider), [field.items]);
  const values = isJsonArray(value) ? value : null;
  const begin = (): void => {
    flushSync(() => onChange(field.items.map(startingValue)));
    focusWithin(fieldElement(document, place));
  };
  return (
    <Group
      field={field}
      problems={problems}
      foldable={values !== null}
      initiallyOpen
      summary={summaryOf(field, value)}
      aside={
        values === null ? (
          <Button data-add look="quiet" className="-mx-2 h-7 px-2" onClick={begin}>
            Set
          </Button>
        ) : (
          !field.required &&
          field.default === undefined && (
            <IconButton
              label={`Leave out ${field.label}`}
              className="size-6"
              onClick={() => onChange(undefined)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          )
        )
      }
    >
      <div className="grid grid-cols-[repeat(auto-fit,minmax(5.5rem,1fr))] items-start gap-x-2 gap-y-1">
        {items.map((item, index) => (
          // Places neither come nor go.
          // oxlint-disable-next-line react/no-array-index-key
          <InnerField
            key={index}
            field={item}
            path={within(path, index)}
            value={values?.[index]}
            look="stacked"
          />
        ))}
      </div>
    </Group>
  );
}
