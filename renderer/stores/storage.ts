import { create } from 'zustand';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import type { FileTrouble, Health, Room } from '../../shared/ipc/storage.ts';
import { ask } from '../bridge.ts';
import { smallPictures } from '../small/small-pictures.ts';
import { sayError } from '../ui/toasts.tsx';
import { renew } from '../viewers/media-versions.ts';

interface StorageState {
  /** What the history takes of the disk; null until it was read. */
  readonly room: Room | null;
  /** Why it could not be read. */
  readonly error: AppError | null;
  readonly health: Health;
  /** What is the matter with files, by hash, as far as anyone looked. */
  readonly troubles: Readonly<Record<string, FileTrouble>>;
  readonly load: () => Promise<void>;
  readonly hear: (health: Health) => void;
  /** Answers why it was not set. Bytes; null for none. */
  readonly setQuota: (bytes: number | null) => Promise<AppError | null>;
  readonly verify: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly repair: () => Promise<void>;
  /** Looks what is the matter with a file that could not be shown. */
  readonly look: (sha256: string) => Promise<void>;
  /** Shows an altered file as it is. */
  readonly dismiss: (sha256: string) => void;
  /** Answers why it did not come. */
  readonly fetchAgain: (sha256: string) => Promise<AppError | null>;
}

/** The disk's side of the history: how much it takes, and whether its files are what they were. */
export const useStorage = create<StorageState>((set, get) => {
  /** Asked to be shown as they are. */
  const dismissed = new Set<string>();
  const told = (answer: Answer<null>): void => {
    if (!answer.ok) sayError(answer.error);
  };
  const without = (sha256: string): void =>
    set(({ troubles }) => ({
      troubles: Object.fromEntries(Object.entries(troubles).filter(([name]) => name !== sha256)),
    }));
  const renewAll = (sha256s: readonly string[]): void => {
    for (const sha256 of sha256s) {
      renew(sha256);
      smallPictures.again(sha256);
    }
  };
  return {
    room: null,
    error: null,
    health: { kind: 'unknown' },
    troubles: {},
    load: async () => {
      const [room, health] = await Promise.all([ask('storage.room', null), ask('storage.health', null)]);
      set(room.ok ? { room: room.value, error: null } : { error: room.error });
      if (health.ok) set({ health: health.value });
    },
    hear: (health) => {
      set({ health });
      if (health.kind === 'verified')
        set({
          troubles: Object.fromEntries(health.troubles.map(({ sha256, trouble }) => [sha256, trouble])),
        });
      if (health.kind !== 'repaired') return;
      const { troubles, load } = get();
      renewAll(Object.keys(troubles));
      set({ troubles: {} });
      void load();
    },
    setQuota: async (bytes) => {
      const answer = await ask('storage.setQuota', { bytes });
      if (answer.ok) set({ room: answer.value, error: null });
      return answer.ok ? null : answer.error;
    },
    verify: async () => told(await ask('storage.verify', null)),
    stop: async () => told(await ask('storage.stop', null)),
    repair: async () => told(await ask('storage.repair', null)),
    look: async (sha256) => {
      if (dismissed.has(sha256)) return;
      const answer = await ask('storage.trouble', { sha256 });
      if (!answer.ok || answer.value === null) return;
      const { value } = answer;
      set(({ troubles }) => ({ troubles: { ...troubles, [sha256]: value } }));
    },
    dismiss: (sha256) => {
      dismissed.add(sha256);
      without(sha256);
    },
    fetchAgain: async (sha256) => {
      const answer = await ask('storage.fetchAgain', { sha256 });
      if (!answer.ok) return answer.error;
      dismissed.delete(sha256);
      renewAll([sha256]);
      without(sha256);
      return null;
    },
  };
});
