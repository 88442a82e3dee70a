import { assertNever } from '../../shared/result.ts';
import type { Transfer } from '../../shared/ipc/transfer.ts';
import type { Run } from '../../shared/runs/run.ts';

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** What Enter answers: quitting loses something only where fal has not answered yet, or the runs end with the program. */
  readonly suggested: 'quit' | 'stay';
}

/** What a quit does to a run: one group, and one sentence, for each answer. */
type Fate = 'goes on' | 'saving' | 'waiting' | 'uploading' | 'demo' | 'cut off' | 'unanswered';

/** In this order they are told. */
const SENTENCES: Readonly<Record<Fate, (n: number) => string>> = {
  'goes on': (n) => `${count(n, 'run goes', 'runs go')} on at fal and ${are(n)} taken up at the next start.`,
  saving: (n) =>
    `${count(n, 'result is', 'results are')} being copied to this computer; that too goes on at the next start.`,
  waiting: (n) =>
    `${count(n, 'run is', 'runs are')} still waiting for ${n === 1 ? 'its' : 'their'} turn: nothing is sent while the program is closed. ` +
    `The next start keeps ${n === 1 ? 'it' : 'them'}, and sends ${n === 1 ? 'it' : 'them'} when you say so.`,
  uploading: (n) =>
    `${count(n, 'run is', 'runs are')} still sending files; at the next start they are sent again, and then the request.`,
  demo: (n) => `${count(n, 'run', 'runs')} of the demo will be lost: its server ends with the program.`,
  'cut off': (n) =>
    `${count(n, 'run has', 'runs have')} no place in fal’s queue and will be lost with the connection; fal may charge for ${n === 1 ? 'it' : 'them'} all the same.`,
  unanswered: (n) =>
    `${n} ${n === 1 ? 'has' : 'have'} not been answered yet: fal may take it without this program ever hearing of it. ` +
    'The next start asks fal for it; it is not sent again.',
};
const FATES = ['goes on', 'saving', 'waiting', 'uploading', 'demo', 'cut off', 'unanswered'] as const;
const LOSES: ReadonlySet<Fate> = new Set(['demo', 'cut off', 'unanswered']);

/** What a quit at this moment would mean for the runs and the export or import under way; null where there is nothing to ask. */
export function quitQuestion(
  runs: readonly Run[],
  endsWithUs: (run: Run) => boolean,
  transfer: Pick<Transfer, 'work'> | null,
): QuitQuestion | null {
  const counts = new Map<Fate, number>();
  for (const run of runs) {
    const fate = fateOf(run, endsWithUs);
    if (fate !== null) counts.set(fate, (counts.get(fate) ?? 0) + 1);
  }
  const fates = FATES.filter((fate) => counts.has(fate));
  const moved = transfer === null ? null : stoppedBy(transfer);
  if (fates.length === 0) return moved;
  const waiting = counts.get('waiting') ?? 0;
  const going = [...counts.values()].reduce((sum, n) => sum + n, 0) - waiting;
  return {
    message:
      going === 0
        ? `Quit while ${count(waiting, 'run is', 'runs are')} waiting?`
        : `Quit while ${count(going, 'run is', 'runs are')} under way?`,
    detail: [
      ...fates.map((fate) => SENTENCES[fate](counts.get(fate) ?? 0)),
      ...(moved === null ? [] : [moved.detail]),
    ].join('\n'),
    suggested: fates.some((fate) => LOSES.has(fate)) ? 'stay' : (moved?.suggested ?? 'quit'),
  };
}

function stoppedBy({ work }: Pick<Transfer, 'work'>): QuitQuestion {
  switch (work) {
    case 'export':
    case 'csv':
      return {
        message: 'Quit while an export is being written?',
        detail: 'An export is being written: it is stopped, and nothing of it is left behind.',
        suggested: 'stay',
      };
    case 'import':
      return {
        message: 'Quit while an import is under way?',
        detail:
          'An import is under way: it is stopped. What came in stays, and importing again takes in the rest.',
        suggested: 'quit',
      };
    default:
      return assertNever(work);
  }
}

/** Null where a quit changes nothing: what was held at the last stop is held at the next one. */
function fateOf(run: Run, endsWithUs: (run: Run) => boolean): Fate | null {
  const { state, method, requestId } = run;
  if (state.kind === 'waiting') return state.held ? null : 'waiting';
  if (state.kind === 'uploading') return 'uploading';
  const connected = method !== 'queue' && (state.kind === 'submitting' || state.kind === 'running');
  if (connected || (requestId === null && method !== 'queue' && state.kind === 'cancelling'))
    return 'cut off';
  // A direct call's result is in hand without a request of the queue.
  if (requestId === null && state.kind !== 'saving') return 'unanswered';
  if (endsWithUs(run)) return 'demo';
  return state.kind === 'saving' ? 'saving' : 'goes on';
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const are = (n: number): string => (n === 1 ? 'is' : 'are');
