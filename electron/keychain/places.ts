import * as z from 'zod';
import type { History } from '../history/history.ts';
import { backendKinds } from './backend.ts';
import type { BackendKind } from './backend.ts';

/**
 * Which backend each account's secret was last put into, kept between starts. It holds names and no secret: without it a
 * key in a keyring that is out of reach today would look like no key at all.
 */
export interface KeyPlaces {
  get(account: string): Promise<BackendKind | null>;
  set(account: string, place: BackendKind | null): Promise<void>;
}

const placeSchema = z.enum(backendKinds);

export function placesIn(history: Pick<History, 'keep' | 'kept' | 'forget'>): KeyPlaces {
  const name = (account: string): string => `key-place:${account}`;
  return {
    get: async (account) => placeSchema.safeParse((await history.kept(name(account)))?.value).data ?? null,
    set: (account, place) =>
      place === null ? history.forget(name(account)) : history.keep(name(account), place, Date.now()),
  };
}
