import { Plus } from 'lucide-react';
import { useContext } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { ListField } from '../../shared/schema/field.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { useFolds } from '../stores/folds.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { fieldElement, focusWithin } from './focus-row.ts';
import { FormContext } from './place.ts';

interface AddRowProps {
  readonly field: ListField;
  readonly path: Path;
  /** Of the items there are. */
  readonly count: number;
  readonly onAdd?: () => void;
  /** Beside the list's name, which says the rest. */
  readonly short?: boolean;
}

/** One more item at the end of a list, and the focus in it; a full list says that it is. */
export function AddRow({ field, path, count, onAdd, short = false }: AddRowProps): ReactNode {
  const { endpointId } = useContext(FormContext);
  const arrange = useRequests((state) => state.arrange);
  const full = field.maxItems !== undefined && count >= field.maxItems;
  const add = (): void => {
    const place = pointerOf(path);
    flushSync(() => {
      const { setOpen } = useFolds.getState();
      setOpen(endpointId, place, true);
      setOpen(endpointId, `${place}/${count}`, true);
      onAdd?.();
      arrange(endpointId, path, { kind: 'add' });
    });
    focusWithin(fieldElement(document, `${place}/${count}`));
  };
  if (full) return <span className="text-xs text-faint">No more than {field.maxItems}</span>;
  const words = `Add ${inSentence(field.item.label)}`;
  return (
    <Button data-add look="quiet" aria-label={words} className="-mx-2 h-7 gap-1 px-2" onClick={add}>
      <Plus size={14} aria-hidden />
      {short ? 'Add' : words}
    </Button>
  );
}
