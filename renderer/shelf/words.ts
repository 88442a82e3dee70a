import type { Lora } from '../../shared/ipc/shelf.ts';
import { referencedSha } from '../../shared/media/reference.ts';

/** What is to know of weights in one line. */
export function factsOf({ triggerWord, scale, from, path }: Lora): string {
  const where =
    from !== null
      ? `trained with ${from.endpointId}`
      : referencedSha(path) === null
        ? path
        : 'a file of this computer';
  return [triggerWord === '' ? null : `“${triggerWord}”`, `scale ${scale}`, where]
    .filter(Boolean)
    .join(' · ');
}
