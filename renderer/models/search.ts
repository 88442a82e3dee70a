import type { Model } from '../../shared/ipc/models.ts';
import { searchIndex, squashed, wordsOf } from './search-index.ts';
import type { Entry, SearchIndex } from './search-index.ts';
import { forgiven, typosIn } from './typos.ts';

export interface Found {
  /** Best first. */
  readonly models: readonly Model[];
  /** What the query's words were taken for, in small letters: to be marked in what was found. */
  readonly words: readonly string[];
}

/** What a person has to do with a model; of two that fit as well, theirs comes first. */
export type Fondness = (endpointId: string) => number;

const NO_FONDNESS: Fondness = () => 0;

/**
 * The models that every word of the query fits, best first: the whole id or name, then what they begin with, then words of
 * theirs in any order, then beginnings and parts of those, category and tags, the description. A word that fits nowhere is
 * taken for the nearest that does. Deprecated models come after all others. An empty query keeps the catalogue's order.
 */
export function findModels(models: readonly Model[], query: string, fondness: Fondness = NO_FONDNESS): Found {
  const typed = wordsOf(query);
  if (typed.length === 0) return { models: inOrder(models, fondness), words: [] };
  const index = searchIndex(models);
  const wanted = typed.map((word) => meant(index, word));
  const whole = squashed(query);
  const scored = index.entries.flatMap((entry) => {
    const score = scoreOf(entry, wanted, whole);
    if (score === 0) return [];
    const exact = entry.model.endpointId === query.trim().toLowerCase();
    const rank = exact ? 2 : entry.model.deprecated ? 0 : 1;
    return [{ entry, rank, score: score + fondness(entry.model.endpointId) }];
  });
  scored.sort((a, b) => b.rank - a.rank || b.score - a.score || a.entry.place - b.entry.place);
  return {
    models: scored.map(({ entry }) => entry.model),
    words: [...new Set([...wanted.flatMap(({ words }) => words), whole])],
  };
}

function inOrder(models: readonly Model[], fondness: Fondness): readonly Model[] {
  return models.toSorted(
    (a, b) => Number(a.deprecated) - Number(b.deprecated) || fondness(b.endpointId) - fondness(a.endpointId),
  );
}

/** A word of the query, and what stands in its place where it fits nowhere. */
interface Wanted {
  readonly words: readonly string[];
  /** 1, or less where it had to be guessed. */
  readonly sure: number;
}

const isIn = (entry: Entry, word: string): boolean =>
  entry.squashedId.includes(word) ||
  entry.squashedName.includes(word) ||
  entry.does.some((own) => own.startsWith(word)) ||
  entry.description.some((own) => own.startsWith(word));

function meant(index: SearchIndex, word: string): Wanted {
  const most = forgiven(word);
  if (most === 0 || index.entries.some((entry) => isIn(entry, word))) return { words: [word], sure: 1 };
  let nearest = most;
  let words: string[] = [];
  for (const own of index.vocabulary) {
    const typos = typosIn(word, own, nearest);
    if (typos > nearest) continue;
    if (typos < nearest) words = [];
    nearest = typos;
    words.push(own);
  }
  return { words: words.length > 0 ? words : [word], sure: 0.6 };
}

const CALLED = 10;
const CALLED_BEGINNING = 7;
const CALLED_PART = 4;
const DOES = 4;
const DOES_BEGINNING = 3;
const DESCRIBED = 2;
const DESCRIBED_BEGINNING = 1;

/** How well a model fits, 0 where some word fits nothing of it. */
function scoreOf(entry: Entry, wanted: readonly Wanted[], whole: string): number {
  let total = 0;
  let hit = 0;
  let fits = true;
  for (const { words, sure } of wanted) {
    let best = 0;
    for (const word of words) best = Math.max(best, scoreOfWord(entry, word));
    if (best === 0) {
      fits = false;
      break;
    }
    if (best >= CALLED_BEGINNING) hit += best / CALLED;
    total += best * sure;
  }
  const together = scoreOfWhole(entry, whole);
  if (!fits) return together;
  // The more of its name was asked for, the more it is meant.
  const share = hit / entry.called.length;
  return (
    total / wanted.length + together + 6 * share + entry.newness / 2 - entry.model.endpointId.length / 100
  );
}

function scoreOfWord(entry: Entry, word: string): number {
  const { called, does, description } = entry;
  if (called.includes(word)) return CALLED;
  if (called.some((own) => own.startsWith(word))) return CALLED_BEGINNING;
  if (does.includes(word)) return DOES;
  if (word.length > 1 && (entry.squashedId.includes(word) || entry.squashedName.includes(word)))
    return CALLED_PART;
  if (does.some((own) => own.startsWith(word))) return DOES_BEGINNING;
  if (description.includes(word)) return DESCRIBED;
  return description.some((own) => own.startsWith(word)) ? DESCRIBED_BEGINNING : 0;
}

/** All that was typed as one, whatever stands between. */
function scoreOfWhole({ squashedId, squashedPath, squashedName }: Entry, whole: string): number {
  if (whole.length < 3) return 0;
  if (squashedId === whole || squashedPath === whole || squashedName === whole) return 12;
  if (squashedPath.startsWith(whole) || squashedName.startsWith(whole)) return 6;
  return squashedId.includes(whole) || squashedName.includes(whole) ? 3 : 0;
}
