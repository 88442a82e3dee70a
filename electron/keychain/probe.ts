import { randomBytes, randomUUID } from 'node:crypto';
import { troubleOf } from './backend.ts';
import type { Trouble } from './backend.ts';
import type { GuardedBackend } from './one-at-a-time.ts';

/**
 * Whether a backend really keeps something: a throw-away account is written, read back and removed within `limitMs` in
 * all. null when it does. A backend that runs out of time is given up for good.
 */
export async function probe(backend: GuardedBackend, limitMs: number): Promise<Trouble | null> {
  const timer = setTimeout(() => backend.giveUp(), limitMs);
  // A name of its own: two apps that start at once must not remove each other's.
  const [account, value] = [`probe ${randomUUID()}`, randomBytes(16).toString('hex')];
  try {
    await backend.write(account, value);
    const back = await backend.read(account);
    await backend.remove(account);
    // A locked ring of GNOME answers null to every read.
    return back === value ? null : back === null ? 'locked' : 'refused';
  } catch (error) {
    return troubleOf(error);
  } finally {
    clearTimeout(timer);
  }
}
