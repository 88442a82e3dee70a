import type { Path } from '../../shared/schema/path.ts';
import { moveKeys } from './list-change.ts';

/** Where the value is that something is meant for: a file under way, or an item that may be put back. */
export interface Anchor {
  readonly endpointId: string;
  /** Its JSON pointer now; null once it went with an item of a list. */
  readonly place: () => string | null;
  /** Another place, as the items around it are put in order. */
  readonly move: (place: string | null) => void;
}

/** Held by those who wait for them: an offer that is gone leaves nothing behind. */
const anchors = new Set<WeakRef<Anchor>>();

export function anchorAt(endpointId: string, at: string): Anchor {
  let now: string | null = at;
  const anchor: Anchor = { endpointId, place: () => now, move: (place) => void (now = place) };
  anchors.add(new WeakRef(anchor));
  return anchor;
}

/** After a change of a list's items, what lies within them is where they are. */
export function moveAnchors(endpointId: string, path: Path, order: readonly (number | null)[]): void {
  for (const ref of anchors) {
    const anchor = ref.deref();
    const place = anchor?.place() ?? null;
    if (anchor === undefined || place === null) anchors.delete(ref);
    else if (anchor.endpointId === endpointId)
      anchor.move(moveKeys([[place, null]], path, order)[0]?.[0] ?? null);
  }
}
