import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Electron from 'electron';
import { app } from './app.ts';

const TAG = Buffer.from('v10');
const IV = 12;
const AUTH = 16;

/** A key in a file: what Electron's own backend without a keyring amounts to, and what `basic_text` says. */
function key(): Buffer {
  const file = path.join(app.getPath('userData'), 'standin-safe-storage.key');
  try {
    return readFileSync(file);
  } catch {
    const fresh = randomBytes(32);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, fresh, { mode: 0o600 });
    return fresh;
  }
}

function encryptString(plainText: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key(), iv);
  return Buffer.concat([TAG, iv, cipher.update(plainText, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decryptString(encrypted: Buffer): string {
  if (!encrypted.subarray(0, TAG.length).equals(TAG)) {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
  }
  const iv = encrypted.subarray(TAG.length, TAG.length + IV);
  const decipher = createDecipheriv('aes-256-gcm', key(), iv);
  decipher.setAuthTag(encrypted.subarray(-AUTH));
  return (
    decipher.update(encrypted.subarray(TAG.length + IV, -AUTH), undefined, 'utf8') + decipher.final('utf8')
  );
}

/** Electron's `safeStorage`. */
export const safeStorage = {
  isEncryptionAvailable: () => app.isReady(),
  isAsyncEncryptionAvailable: async () => {
    await app.whenReady();
    return true;
  },
  getSelectedStorageBackend: () => 'basic_text' as const,
  encryptString,
  decryptString,
  encryptStringAsync: async (plainText: string) => encryptString(plainText),
  decryptStringAsync: async (encrypted: Buffer) => ({
    result: decryptString(encrypted),
    shouldReEncrypt: false,
  }),
} satisfies Omit<Electron.SafeStorage, 'setUsePlainTextEncryption'>;
