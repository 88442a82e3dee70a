import { USUAL_LOOK } from '../../shared/history/look.ts';
import { USUAL_WIDTH } from '../../shared/history/pane-width.ts';
import {
  codeLanguageSchema,
  detailWidthSchema,
  historyLookSchema,
  switchesSchema,
} from '../../shared/ipc/app.ts';
import type { HistoryLook, Switches } from '../../shared/ipc/app.ts';
import type { CodeLanguage } from '../../shared/snippets/snippet.ts';
import type { History } from '../history/history.ts';

/** What the window is shown with, as the last session left it. */
export interface KeptSettings {
  readonly switches: Switches;
  readonly codeLanguage: CodeLanguage;
  readonly detailWidth: number;
  readonly historyLook: HistoryLook;
}

/** What each is kept as. */
export const SETTINGS = {
  switches: 'setting:switches',
  codeLanguage: 'setting:codeLanguage',
  detailWidth: 'setting:detailWidth',
  historyLook: 'setting:historyLook',
} as const satisfies Readonly<Record<keyof KeptSettings, string>>;

/** The settings of the last session, each of them as at first where there was none. */
export async function keptSettings(history: Pick<History, 'kept'>): Promise<KeptSettings> {
  const kept = async (name: string): Promise<unknown> => (await history.kept(name))?.value;
  const some = switchesSchema
    .partial()
    .catch({})
    .parse(await kept(SETTINGS.switches));
  const { singleKeys = true, instruments = true, changedOnly = true, notify = true } = some;
  return {
    switches: { singleKeys, instruments, changedOnly, notify },
    codeLanguage: codeLanguageSchema.catch('curl').parse(await kept(SETTINGS.codeLanguage)),
    detailWidth: detailWidthSchema.catch(USUAL_WIDTH).parse(await kept(SETTINGS.detailWidth)),
    historyLook: historyLookSchema.catch(USUAL_LOOK).parse(await kept(SETTINGS.historyLook)),
  };
}
