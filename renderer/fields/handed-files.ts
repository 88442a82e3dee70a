/** Files that were given to a list and wait for their rows to be there. */
const waiting = new Map<string, File>();

const keyOf = (endpointId: string, place: string): string => `${endpointId}${place}`;

export function handFile(endpointId: string, place: string, file: File): void {
  waiting.set(keyOf(endpointId, place), file);
}

/** The file that was meant for a row; once. */
export function takeHanded(endpointId: string, place: string): File | undefined {
  const key = keyOf(endpointId, place);
  const file = waiting.get(key);
  // While developing, React runs each effect twice in a row.
  if (file !== undefined) queueMicrotask(() => waiting.delete(key));
  return file;
}
