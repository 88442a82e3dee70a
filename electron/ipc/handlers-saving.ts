import { appError } from '../../shared/fal/errors.ts';
import { sizeProblem } from '../../shared/media/input.ts';
import { fail, ok } from '../../shared/result.ts';
import type { PictureRequests } from '../saving/picture-requests.ts';
import type { SavingService } from '../saving/saving-service.ts';
import type { Handlers } from './bind.ts';
import type { Desktop } from './handlers.ts';

type SavingHandlers = Pick<Handlers, Extract<keyof Handlers, `saving.${string}` | `pictures.${string}`>>;

/** The folder for results, and the requests that pictures take along. */
export function savingHandlers(
  saving: SavingService,
  requests: PictureRequests,
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
    'saving.setRequests': async ({ on }) => ok(await saving.setRequests(on)),
    'saving.retry': async () => ok(await saving.retry()),
    'saving.showFolder': () => {
      const { folder } = saving.get();
      if (folder !== null) desktop.openFolder(folder);
      return ok(null);
    },
    'pictures.request': async ({ bytes }) => {
      const problem = sizeProblem(bytes.byteLength);
      return problem === null
        ? ok(await requests.read(bytes))
        : fail(appError('input', 'The file was not read', { hint: problem }));
    },
  };
}
