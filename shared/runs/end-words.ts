import { assertNever } from '../result.ts';
import type { Run, RunState } from './run.ts';
import { titleOf } from './title.ts';

/** Characters of a title; what has more is cut. */
const SHORT = 60;

/** Runs that ended, said in one word of news: a headline, and what else there is to it. */
export interface EndWords {
  readonly title: string;
  readonly body: string;
}

/** Says how one or several runs ended, at least one. Runs that are not over count as ended by themselves. */
export function endWords(runs: readonly Run[]): EndWords {
  const [first] = runs;
  if (first !== undefined && runs.length === 1) {
    const { state, endpointId } = first;
    const body = state.kind === 'failed' || state.kind === 'lost' ? state.error.title : endpointId;
    return { title: `${ending(state)}: ${short(titleOf(first))}`, body };
  }
  const counts = new Map<string, number>();
  for (const { state } of runs) counts.set(ending(state), (counts.get(ending(state)) ?? 0) + 1);
  const parts = [...counts].map(([word, count]) => `${count} ${word.toLowerCase()}`);
  return { title: `${runs.length} runs ended`, body: parts.join(', ') };
}

function ending({ kind }: RunState): string {
  switch (kind) {
    case 'failed':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'lost':
      return 'Lost';
    case 'unconfirmed':
      return 'Unconfirmed';
    case 'succeeded':
    case 'waiting':
    case 'uploading':
    case 'submitting':
    case 'confirming':
    case 'queued':
    case 'running':
    case 'fetching':
    case 'saving':
    case 'cancelling':
      return 'Done';
    default:
      return assertNever(kind);
  }
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const characters = [...line];
  return characters.length <= SHORT
    ? line
    : `${characters
        .slice(0, SHORT - 1)
        .join('')
        .trimEnd()}…`;
}
