import type { KeyBackend } from './backend.ts';

/** Memory, and nothing else: what is kept here ends with the app. */
export function sessionBackend(): KeyBackend {
  const secrets = new Map<string, string>();
  return {
    kind: 'session',
    read: async (account) => secrets.get(account) ?? null,
    write: async (account, secret) => {
      secrets.set(account, secret);
    },
    remove: async (account) => {
      secrets.delete(account);
    },
  };
}
