import { create } from 'zustand';
import type { AppInfo, SwitchName, Switches, Theme } from '../../shared/ipc/app.ts';
import { USUAL_WIDTH } from '../../shared/history/pane-width.ts';
import type { RunId } from '../../shared/runs/run.ts';
import type { RequestHolds } from '../../shared/schema/request.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

export type Screen = 'playground' | 'realtime' | 'history' | 'settings';

interface AppState {
  readonly screen: Screen;
  readonly info: AppInfo | null;
  readonly switches: Switches;
  readonly codeLanguage: CodeLanguage;
  /** Pixels of the pane of one run beside the history. */
  readonly detailWidth: number;
  readonly pickerOpen: boolean;
  /** The live picture alone fills the window. */
  readonly immersed: boolean;
  /** Sentences that must be read, in the order they came; main's come with `info` or as they happen. */
  readonly notices: readonly string[];
  /** The run that is open in the history. */
  readonly openRun: RunId | null;
  readonly setOpenRun: (id: RunId | null) => void;
  readonly showInHistory: (id: RunId) => void;
  readonly go: (screen: Screen) => void;
  readonly openPicker: (open: boolean) => void;
  readonly immerse: (immersed: boolean) => void;
  /** Adds a sentence that must be read. */
  readonly notice: (sentence: string) => void;
  readonly load: () => Promise<void>;
  readonly setTheme: (theme: Theme) => Promise<void>;
  readonly setSwitch: (name: SwitchName, on: boolean) => Promise<void>;
  readonly setCodeLanguage: (language: CodeLanguage) => Promise<void>;
  readonly setDetailWidth: (width: number) => Promise<void>;
}

/** What requests hold, shown and sent: as the person chose it for all models. */
export const requestHolds = ({ switches }: Pick<AppState, 'switches'>): RequestHolds =>
  switches.changedOnly ? 'changed' : 'all';

/** Which screen is open, and what the app is. */
export const useApp = create<AppState>((set, get) => ({
  screen: 'playground',
  info: null,
  switches: { singleKeys: true, instruments: true, changedOnly: true, notify: true },
  codeLanguage: 'curl',
  detailWidth: USUAL_WIDTH,
  pickerOpen: false,
  immersed: false,
  openRun: null,
  setOpenRun: (openRun) => set({ openRun }),
  showInHistory: (openRun) => {
    get().go('history');
    set({ openRun });
  },
  go: (screen) => set({ screen, pickerOpen: false, immersed: false, openRun: null }),
  immerse: (immersed) => set({ immersed }),
  openPicker: (pickerOpen) => set({ pickerOpen }),
  notices: [],
  notice: (sentence) => {
    const { notices } = get();
    // What is said of each of a hundred writes need not stand there a hundred times.
    if (!notices.includes(sentence)) set({ notices: [...notices, sentence] });
  },
  load: async () => {
    const answer = await ask('app.info', null);
    if (!answer.ok) return sayError(answer.error);
    const { switches, codeLanguage, detailWidth } = answer.value;
    set({ info: answer.value, switches, codeLanguage, detailWidth });
    for (const sentence of answer.value.notices) get().notice(sentence);
  },
  setTheme: async (theme) => {
    const answer = await ask('app.setTheme', { theme });
    const { info } = get();
    if (!answer.ok) sayError(answer.error);
    else if (info !== null) set({ info: { ...info, theme } });
  },
  setSwitch: async (name, on) => {
    // At once, and also where it cannot be kept: a disk that is full must not leave the keys on.
    set(({ switches }) => ({ switches: { ...switches, [name]: on } }));
    const answer = await ask('app.setSwitch', { name, on });
    if (!answer.ok) sayError(answer.error);
  },
  setCodeLanguage: async (codeLanguage) => {
    set({ codeLanguage });
    const answer = await ask('app.setCodeLanguage', { language: codeLanguage });
    if (!answer.ok) sayError(answer.error);
  },
  setDetailWidth: async (detailWidth) => {
    set({ detailWidth });
    const answer = await ask('app.setDetailWidth', { width: detailWidth });
    if (!answer.ok) sayError(answer.error);
  },
}));
