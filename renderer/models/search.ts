import { parseEndpointId, fullPath } from '../../shared/fal/endpoint-id.ts';
import type { Model } from '../../shared/ipc/models.ts';

/**
 * The models that hold every word of the query somewhere, best first: a word counts most at the start of a part of the
 * id or name, less inside one, least in the category, tags or description. An empty query leaves the catalogue's order.
 */
export function findModels(models: readonly Model[], query: string): readonly Model[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return models.filter((model) => !model.deprecated);
  return models
    .flatMap((model) => {
      let total = model.deprecated ? -2 : 0;
      for (const word of words) {
        const score = scoreOf(model, word);
        if (score === 0) return [];
        total += score;
      }
      // Of equally good ones the shorter id is the plainer model.
      return [{ model, total: total - model.endpointId.length / 200 }];
    })
    .sort((a, b) => b.total - a.total)
    .map((found) => found.model);
}

function scoreOf(model: Model, word: string): number {
  const id = model.endpointId.toLowerCase();
  const name = model.name.toLowerCase();
  if (id === word) return 20;
  if (id.startsWith(word) || name.startsWith(word)) return 8;
  if (startsPart(id, word) || startsPart(name, word)) return 6;
  if (id.includes(word) || name.includes(word)) return 4;
  if (startsPart(model.category.toLowerCase(), word)) return 3;
  if (model.tags.some((tag) => tag.toLowerCase().includes(word))) return 2;
  return model.description.toLowerCase().includes(word) ? 1 : 0;
}

function startsPart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1];
    if (before === undefined || '/-_. []('.includes(before)) return true;
  }
  return false;
}

/** An endpoint id in what was typed or pasted: the id itself or a fal.ai/models address; null where there is none. */
export function endpointIn(text: string): string | null {
  const address =
    /^(?:https:\/\/)?(?:www\.)?fal\.ai\/models\/([^?#\s]+?)(?:\/(?:playground|api|llms\.txt))?\/?(?:[?#].*)?$/.exec(
      text.trim(),
    );
  const id = parseEndpointId(address?.[1] ?? text);
  return id === null ? null : fullPath(id);
}
