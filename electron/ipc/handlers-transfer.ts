import { join } from 'node:path';
import { ok } from '../../shared/result.ts';
import { freePath } from '../history/transfer-service.ts';
import type { TransferService } from '../history/transfer-service.ts';
import type { Handlers } from './bind.ts';
import type { Desktop } from './handlers.ts';

type TransferHandlers = Pick<Handlers, Extract<keyof Handlers, `transfer.${string}`>>;

/** The history's ways out and in: a place is asked for, then it goes there. */
export function transferHandlers(
  transfers: TransferService,
  desktop: Pick<Desktop, 'chooseFolder' | 'chooseFile' | 'choosePlace'>,
): TransferHandlers {
  const today = (): string => new Date().toLocaleDateString('sv');
  return {
    'transfer.export': async ({ chosen, form }) => {
      const name = `History ${today()}`;
      if (form === 'zip') {
        const path = await desktop.choosePlace(`${name}.zip`);
        return path === null ? ok(null) : transfers.export(chosen, form, await freePath(path));
      }
      const folder = await desktop.chooseFolder(null);
      return folder === null ? ok(null) : transfers.export(chosen, form, await freePath(join(folder, name)));
    },
    'transfer.csv': async ({ chosen }) => {
      const path = await desktop.choosePlace(`Costs ${today()}.csv`);
      return path === null ? ok(null) : transfers.costs(chosen, await freePath(path));
    },
    'transfer.import': async ({ form }) => {
      const path = await (form === 'zip' ? desktop.chooseFile('zip') : desktop.chooseFolder(null));
      return path === null ? ok(null) : transfers.import(path);
    },
    'transfer.cancel': () => {
      transfers.cancel();
      return ok(null);
    },
    'transfer.get': () => ok(transfers.now),
  };
}
