import { ok } from '../../shared/result.ts';
import type { HistoryService } from '../history/history-service.ts';
import type { Handlers } from './bind.ts';

type HistoryHandlers = Pick<Handlers, Extract<keyof Handlers, `history.${string}`>>;

/** Finding runs again, marking them and throwing them away. */
export function historyHandlers(found: HistoryService): HistoryHandlers {
  return {
    'history.search': async (asked) => ok(await found.search(asked)),
    'history.cards': async ({ ids }) => ok(await found.cards(ids)),
    'history.facets': async ({ text }) => ok(await found.facets(text)),
    'history.marks': async ({ id }) => ok(await found.marks(id)),
    'history.marksOf': async ({ ids }) => ok(await found.marksOf(ids)),
    'history.star': async ({ ids, star }) => {
      await found.star(ids, star);
      return ok(null);
    },
    'history.note': async ({ id, note }) => {
      await found.note(id, note);
      return ok(null);
    },
    'history.tag': async ({ ids, tag, on }) => {
      await found.tag(ids, tag, on);
      return ok(null);
    },
    'history.trash': async ({ ids }) => ok(await found.trash(ids)),
    'history.restore': async ({ ids }) => {
      await found.restore(ids);
      return ok(null);
    },
    'history.purge': async ({ ids }) => ok(await found.purge(ids)),
  };
}
