import { ok } from '../../shared/result.ts';
import type { FileHealth } from '../history/file-health.ts';
import type { RoomKeeper } from '../history/room.ts';
import type { Handlers } from './bind.ts';

type StorageHandlers = Pick<Handlers, Extract<keyof Handlers, `storage.${string}`>>;

/** What the history takes of the disk, and whether its files are well. */
export function storageHandlers(room: RoomKeeper, health: FileHealth): StorageHandlers {
  return {
    'storage.room': async () => ok(await room.room()),
    'storage.setQuota': async ({ bytes }) => ok(await room.setQuota(bytes)),
    'storage.health': () => ok(health.health),
    'storage.verify': () => {
      void health.verify();
      return ok(null);
    },
    'storage.stop': () => {
      health.stop();
      return ok(null);
    },
    'storage.repair': () => {
      void health.repair();
      return ok(null);
    },
    'storage.trouble': async ({ sha256 }) => ok(await health.troubleOf(sha256)),
    'storage.fetchAgain': ({ sha256 }) => health.fetchAgain(sha256),
  };
}
