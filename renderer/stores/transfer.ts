import { create } from 'zustand';
import type { ChosenRuns, ExportForm, ImportSummary, Transfer } from '../../shared/ipc/transfer.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import { ask } from '../bridge.ts';
import { counted } from '../history/transfer-words.ts';
import { say, sayError, sayProblem } from '../ui/toasts.tsx';

interface TransferState {
  /** What is on its way out or in; null when nothing is. */
  readonly transfer: Transfer | null;
  /** The person asked for its end. */
  readonly stopping: boolean;
  readonly set: (transfer: Transfer | null) => void;
  readonly load: () => Promise<void>;
  readonly export: (chosen: ChosenRuns, form: ExportForm) => Promise<void>;
  readonly costs: (chosen: ChosenRuns) => Promise<void>;
  readonly import: (form: ExportForm) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The history's ways out and in: what is under way, and a word on how it ended. */
export const useTransfer = create<TransferState>((set) => ({
  transfer: null,
  stopping: false,
  set: (transfer) => set(transfer === null ? { transfer, stopping: false } : { transfer }),
  load: async () => {
    const answer = await ask('transfer.get', null);
    if (answer.ok) set({ transfer: answer.value });
  },
  export: async (chosen, form) => {
    const done = ended(await ask('transfer.export', { chosen, form }));
    if (done === null) return;
    const { runs, files, missing, unreadable, path } = done;
    const title = `${counted(runs, 'run')} exported, with ${counted(files, 'file')}`;
    const gaps = [
      ...(missing > 0 ? [`${counted(missing, 'file')} they name ${are(missing)} not on this computer.`] : []),
      ...(unreadable > 0
        ? [`${counted(unreadable, 'run')} could not be read and ${are(unreadable)} left out.`]
        : []),
    ];
    if (gaps.length === 0) say(title, path);
    else sayProblem(title, `${gaps.join(' ')} ${path}`);
  },
  costs: async (chosen) => {
    const done = ended(await ask('transfer.csv', { chosen }));
    if (done !== null) say(`Costs of ${counted(done.runs, 'run')} written`, done.path);
  },
  import: async (form) => {
    const done = ended(await ask('transfer.import', { form }));
    if (done === null) return;
    const title = `${counted(done.added, 'new run')}, ${done.here} already here`;
    const gaps = gapsOf(done);
    if (gaps === '') say(title, `${counted(done.files, 'file')} came along.`);
    else sayProblem(title, gaps);
  },
  stop: async () => {
    set({ stopping: true });
    await ask('transfer.cancel', null);
  },
}));

/** What came of it; null where the person changed their mind, or it failed, which is said. */
function ended<T>(answer: Answer<T | null>): T | null {
  if (answer.ok) return answer.value;
  if (answer.error.kind === 'cancelled') say(answer.error.title, answer.error.hint);
  else sayError(answer.error);
  return null;
}

function gapsOf({ missing, altered, unreadable, problems, lacking }: ImportSummary): string {
  const lines = problems.map(({ line }) => line).join(', ');
  return [
    ...(unreadable > 0 ? [`${counted(unreadable, 'line')} could not be read (${lines}).`] : []),
    ...(lacking > 0 ? [`${counted(lacking, 'run')} it once held ${are(lacking)} not in it any more.`] : []),
    ...(missing > 0 ? [`${counted(missing, 'file')} did not come along.`] : []),
    ...(altered > 0 ? [`${counted(altered, 'file')} ${are(altered)} not what its name says, and left.`] : []),
  ].join(' ');
}

const are = (count: number): string => (count === 1 ? 'is' : 'are');
