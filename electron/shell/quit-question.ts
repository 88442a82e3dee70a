import type { Run } from '../../shared/runs/run.ts';

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** What Enter answers: quitting loses something only where fal has not answered yet, or the runs end with the program. */
  readonly suggested: 'quit' | 'stay';
}

/** What a quit at this moment would mean for the runs under way; null where there is nothing to ask. */
export function quitQuestion(all: readonly Run[], endsWithUs: (run: Run) => boolean): QuitQuestion | null {
  const waiting = all.filter(({ state }) => state.kind === 'waiting' && !state.held);
  const runs = all.filter(({ state }) => state.kind !== 'waiting');
  if (waiting.length + runs.length === 0) return null;
  const uploading = runs.filter((run) => run.state.kind === 'uploading');
  const unanswered = runs.filter((run) => run.requestId === null && !uploading.includes(run));
  const ending = runs.filter((run) => run.requestId !== null && endsWithUs(run));
  const saving = runs.filter((run) => run.state.kind === 'saving' && !ending.includes(run));
  const going = runs.length - uploading.length - unanswered.length - ending.length - saving.length;
  const sentences: string[] = [];
  if (going > 0)
    sentences.push(
      `${count(going, 'run goes', 'runs go')} on at fal and ${are(going)} taken up at the next start.`,
    );
  if (saving.length > 0)
    sentences.push(
      `${count(saving.length, 'result is', 'results are')} being copied to this computer; that too goes on at the next start.`,
    );
  if (uploading.length > 0)
    sentences.push(
      `${count(uploading.length, 'run is', 'runs are')} still sending files; at the next start they are sent again, and then the request.`,
    );
  if (waiting.length > 0)
    sentences.push(
      `${count(waiting.length, 'run waits for its', 'runs wait for their')} turn: nothing of ${waiting.length === 1 ? 'it' : 'them'} is sent, not at the next start either before you say so.`,
    );
  if (ending.length > 0)
    sentences.push(
      `${count(ending.length, 'run', 'runs')} of the demo will be lost: its server ends with the program.`,
    );
  if (unanswered.length > 0)
    sentences.push(
      `${unanswered.length} ${has(unanswered.length)} not been answered yet: fal may take it without this program ever hearing of it. ` +
        'The next start asks fal for it; it is not sent again.',
    );
  return {
    message: `Quit while ${count(runs.length + waiting.length, 'run is', 'runs are')} under way?`,
    detail: sentences.join('\n'),
    suggested: unanswered.length > 0 || ending.length > 0 ? 'stay' : 'quit',
  };
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
const are = (n: number): string => (n === 1 ? 'is' : 'are');
const has = (n: number): string => (n === 1 ? 'has' : 'have');
