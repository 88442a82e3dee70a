import type { Anchor } from './anchors.ts';

/** Files on their way into the store. Nothing runs while there is any: what is sent is what is seen. */
const under = new Set<Anchor | symbol>();

/** `of` is where the file is meant to go, if that is known. The answer ends it. */
export function beginAdding(of: Anchor | symbol = Symbol('file')): () => void {
  under.add(of);
  return () => void under.delete(of);
}

export const isAdding = (): boolean => under.size > 0;

/** Whether a file is on its way to the value at this place. */
export const isAddingAt = (endpointId: string, place: string): boolean =>
  [...under].some((of) => typeof of !== 'symbol' && of.endpointId === endpointId && of.place() === place);
