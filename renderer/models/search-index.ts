import type { Model } from '../../shared/ipc/models.ts';

/** A model as it is searched: its texts in small letters and cut into words, once and not at every key. */
export interface Entry {
  readonly model: Model;
  /** Place in the catalogue. */
  readonly place: number;
  /** Words of the id and the name, which say what a model is called. */
  readonly called: readonly string[];
  /** Words of its category and tags, which say what it does. */
  readonly does: readonly string[];
  readonly description: readonly string[];
  /** Id and name without what is between the words: `flux/dev` is found as `fluxdev`. */
  readonly squashedId: string;
  /** The id without its owner. */
  readonly squashedPath: string;
  readonly squashedName: string;
  /** 0 for the oldest model and 1 for the newest: the later version of two is the one that is meant. */
  readonly newness: number;
}

export interface SearchIndex {
  readonly entries: readonly Entry[];
  /** Every word that a typo may have meant. */
  readonly vocabulary: readonly string[];
}

/** Numbers with their decimals, and letters: `kling-video/v2.5-turbo` is kling, video, v, 2.5 and turbo. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/\d+(?:\.\d+)*|\p{L}+/gu) ?? [];

export const squashed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\d]+/gu, '');

/** The owner of most models says nothing of any. */
const HOUSE = /^fal-ai\//;

const built = new WeakMap<readonly Model[], SearchIndex>();

/** The index of a catalogue; built the first time it is asked for, and once for each. */
export function searchIndex(models: readonly Model[]): SearchIndex {
  const known = built.get(models);
  if (known !== undefined) return known;
  const dates = models.flatMap(({ addedAt }) => addedAt ?? []);
  const oldest = Math.min(...dates);
  const span = Math.max(1, Math.max(...dates) - oldest);
  const entries = models.map((model, place): Entry => {
    const { endpointId, name, category, tags, description, addedAt } = model;
    return {
      model,
      place,
      called: [...new Set([...wordsOf(endpointId.replace(HOUSE, '')), ...wordsOf(name)])],
      does: [...new Set([...wordsOf(category), ...tags.flatMap(wordsOf)])],
      description: [...new Set(wordsOf(description))],
      squashedId: squashed(endpointId),
      squashedPath: squashed(endpointId.slice(endpointId.indexOf('/') + 1)),
      squashedName: squashed(name),
      newness: addedAt === null ? 0 : (addedAt - oldest) / span,
    };
  });
  const vocabulary = new Set(entries.flatMap(({ called, does }) => [...called, ...does]));
  const index = { entries, vocabulary: [...vocabulary].filter((word) => word.length > 2) };
  built.set(models, index);
  return index;
}
