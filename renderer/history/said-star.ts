import type { RunCard } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';

type Cards = ReadonlyMap<RunId, RunCard | null>;

/** What became of the stars of these runs, in words; null where nothing did, or nothing is known of before. */
export function starWords(ids: Iterable<RunId>, before: Cards, now: Cards): string | null {
  const changed = [...ids].flatMap((id) => {
    const [old, card] = [before.get(id), now.get(id)];
    return old && card && old.star !== card.star ? [card] : [];
  });
  const [first] = changed;
  if (first === undefined) return null;
  const which = changed.length === 1 ? first.title : 'The selected runs';
  return first.star ? `${which}: starred` : `${which}: star taken away`;
}
