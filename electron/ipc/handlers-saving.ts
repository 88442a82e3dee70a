import { ok } from '../../shared/result.ts';
import type { SavingService } from '../saving/saving-service.ts';
import type { Handlers } from './bind.ts';
import type { Desktop } from './handlers.ts';

type SavingHandlers = Pick<Handlers, Extract<keyof Handlers, `saving.${string}`>>;

/** The folder for results. */
export function savingHandlers(
  saving: SavingService,
  desktop: Pick<Desktop, 'chooseFolder' | 'openFolder'>,
): SavingHandlers {
  return {
    'saving.get': () => ok(saving.get()),
    'saving.setOn': async ({ on }) => ok(await saving.setOn(on)),
    'saving.chooseFolder': async () => {
      const folder = await desktop.chooseFolder(saving.get().folder);
      return ok(folder === null ? saving.get() : await saving.setFolder(folder));
    },
    'saving.setPattern': async ({ pattern }) => ok(await saving.setPattern(pattern)),
    'saving.retry': async () => ok(await saving.retry()),
    'saving.showFolder': () => {
      const { folder } = saving.get();
      if (folder !== null) desktop.openFolder(folder);
      return ok(null);
    },
  };
}
