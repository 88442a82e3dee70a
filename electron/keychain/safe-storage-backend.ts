import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod';
import { BackendError } from './backend.ts';
import type { KeyBackend } from './backend.ts';

/** What is used of Electron's `safeStorage`; the forms without `Async` are going away (electron.d.ts). */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plainText: string): Promise<Buffer>;
  decryptStringAsync(
    encrypted: Buffer,
  ): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
  /** Linux alone has it. */
  readonly getSelectedStorageBackend?: () => string;
}

/** Names without a secret behind them: a constant in Electron's source, and "asked before the app was ready". */
const NO_BACKEND = new Set(['basic_text', 'unknown']);

const fileSchema = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) });
type Secrets = Readonly<Record<string, string>>;

/**
 * Secrets encrypted by Electron with a key the system keeps, in one JSON file of ours: account → ciphertext, base64.
 * The file is replaced as a whole (temp, sync, rename), so that a kill leaves the old one or the new one.
 */
export function safeStorageBackend(safeStorage: SafeStorage, file: string): KeyBackend {
  let usable: Promise<void> | null = null;
  const prepare = async (): Promise<void> => {
    const available = await asked(() => safeStorage.isAsyncEncryptionAvailable(), 'refused');
    if (!available) throw new BackendError('absent');
    // After the question above, which makes Electron choose.
    if (NO_BACKEND.has(safeStorage.getSelectedStorageBackend?.() ?? '')) throw new BackendError('insecure');
  };
  const ready = (): Promise<void> => (usable ??= prepare());

  const write = async (account: string, secret: string): Promise<void> => {
    await ready();
    const encrypted = await asked(() => safeStorage.encryptStringAsync(secret), 'refused');
    await store(file, { ...(await recall(file)), [account]: encrypted.toString('base64') });
  };

  return {
    kind: 'safe-storage',
    read: async (account) => {
      await ready();
      const secrets = await recall(file);
      const encrypted = Object.hasOwn(secrets, account) ? secrets[account] : undefined;
      if (encrypted === undefined) return null;
      const { result, shouldReEncrypt } = await asked(
        () => safeStorage.decryptStringAsync(Buffer.from(encrypted, 'base64')),
        'unreadable',
      );
      // The system has a newer key. Reading has worked, so a disk that refuses is not this call's failure.
      if (shouldReEncrypt) await write(account, result).catch(() => undefined);
      return result;
    },
    write,
    remove: async (account) => {
      const { [account]: removed, ...rest } = await recall(file);
      if (removed !== undefined) await store(file, rest);
    },
  };
}

/** Foreign errors end here: what they say may quote what they were given. */
async function asked<T>(question: () => Promise<T>, trouble: 'refused' | 'unreadable'): Promise<T> {
  try {
    return await question();
  } catch {
    throw new BackendError(trouble);
  }
}

async function recall(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw new BackendError('disk');
  });
  if (text === null) return {};
  try {
    return fileSchema.parse(JSON.parse(text)).secrets;
  } catch {
    // Set aside and not thrown away: a newer version of this app may have written it.
    await rename(file, `${file}.unreadable`).catch(() => undefined);
    return {};
  }
}

async function store(file: string, secrets: Secrets): Promise<void> {
  const temp = `${file}.new`;
  try {
    await rm(temp, { force: true });
    const handle = await open(temp, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify({ version: 1, secrets })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, file);
  } catch {
    throw new BackendError('disk');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
