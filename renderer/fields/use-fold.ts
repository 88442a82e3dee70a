import { useContext, useState } from 'react';
import type { FoldPart } from '../stores/folds.ts';
import { useFolds } from '../stores/folds.ts';
import { FormContext } from './place.ts';

/**
 * Whether a part of the form is open, and the way to open and shut it. `initial` is how it begins, and holds until a person
 * does either: a list does not shut because it has grown long.
 */
export function useFold(
  place: string,
  part: FoldPart,
  initial: boolean,
): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const { endpointId } = useContext(FormContext);
  const key = `${place}${part}`;
  const [begins] = useState(initial);
  const open = useFolds((state) => state.open[endpointId]?.[key]) ?? begins;
  const setOpen = useFolds((state) => state.setOpen);
  return [open, (next) => setOpen(endpointId, key, next)];
}
