import { ok } from '../../shared/result.ts';
import type { ShelfService } from '../shelf/shelf-service.ts';
import type { Handlers } from './bind.ts';

type ShelfHandlers = Pick<Handlers, Extract<keyof Handlers, `shelf.${string}`>>;

/** The shelf of LoRA weights. */
export function shelfHandlers(shelf: ShelfService): ShelfHandlers {
  return {
    'shelf.list': async () => ok(await shelf.list()),
    'shelf.put': (lora) => shelf.put(lora),
    'shelf.remove': ({ id }) => shelf.remove(id),
  };
}
