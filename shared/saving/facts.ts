import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';
import type { Run, StoredMedia } from '../runs/run.ts';
import { textOf } from '../runs/title.ts';
import type { NameFacts } from './pattern.ts';

/** Letters of a prompt in a name; more would only push the rest out of sight. */
const LONGEST_PROMPT = 60;

/** What the name of one of a run's files is made of. `n` is its place among them, from 1; times are this computer's. */
export function nameFacts(
  run: Pick<Run, 'endpointId' | 'input' | 'output' | 'times'>,
  file: Pick<StoredMedia, 'fileName'>,
  n: number,
): NameFacts {
  const at = new Date(run.times.ended ?? run.times.created);
  const dot = file.fileName.lastIndexOf('.');
  return {
    date: [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-'),
    time: [two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join('-'),
    model: run.endpointId.replaceAll('/', '-'),
    prompt: words(textOf(run.input) ?? ''),
    seed: seedIn(run.output) ?? seedIn(run.input) ?? '',
    n: String(n),
    name: file.fileName.slice(0, dot),
    ext: file.fileName.slice(dot + 1),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Letters and digits of any script, a dash between words, cut between them where that can be. */
function words(text: string): string {
  const all = text
    .toWellFormed()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  let joined = '';
  for (const word of all) {
    const next = joined === '' ? word : `${joined}-${word}`;
    if ([...next].length > LONGEST_PROMPT) break;
    joined = next;
  }
  return joined === '' ? [...(all[0] ?? '')].slice(0, LONGEST_PROMPT).join('') : joined;
}

function seedIn(value: JsonValue): string | null {
  const seed = isJsonObject(value) && Object.hasOwn(value, 'seed') ? value['seed'] : undefined;
  return typeof seed === 'number' || typeof seed === 'bigint' ? String(seed) : null;
}
