import { useContext, useLayoutEffect, useMemo } from 'react';
import { keysFor, useItemKeys } from '../stores/item-keys.ts';
import { FormContext } from './place.ts';

/** A key for each row of the list at a place, which stays with its item whoever puts the items in another order. */
export function useKeysOf(place: string, count: number): readonly number[] {
  const { endpointId } = useContext(FormContext);
  const known = useItemKeys((state) => state.keys[endpointId]?.[place]);
  const keys = useMemo(() => keysFor(count, known), [count, known]);
  useLayoutEffect(() => {
    if (keys !== known) useItemKeys.getState().keep(endpointId, place, keys);
  }, [endpointId, place, keys, known]);
  return keys;
}
