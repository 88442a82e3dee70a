/** Files on their way into the store. Nothing runs while there is any: what is sent is what is seen. */
const under = new Set<symbol>();

/** The answer ends it. */
export function beginAdding(): () => void {
  const one = Symbol('file');
  under.add(one);
  return () => void under.delete(one);
}

export const isAdding = (): boolean => under.size > 0;
