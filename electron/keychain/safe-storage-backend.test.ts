import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { safeStorageBackend } from './safe-storage-backend.ts';
import type { SafeStorage } from './safe-storage-backend.ts';

const SECRET = 'aaaa:bbbb-cccc';
const windows = process.platform === 'win32';
let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'safe-storage-'));
  file = join(dir, 'keys.json');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Encrypts like the real one, so that a ciphertext of another key cannot be read. */
function system(more: Partial<SafeStorage> = {}, key = randomBytes(32)): SafeStorage {
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    decryptStringAsync: async (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      const result = decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
      return { result, shouldReEncrypt: false };
    },
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...more,
  };
}

describe('safeStorageBackend', () => {
  it('keeps secrets across starts, encrypted, in a file for this account alone', async () => {
    const storage = system();
    const backend = safeStorageBackend(storage, file);
    expect(await backend.read('a')).toBeNull();
    await backend.write('a', SECRET);
    await backend.write('b', 'another');
    const later = safeStorageBackend(storage, file);
    expect(await later.read('a')).toBe(SECRET);
    await later.remove('a');
    expect([await later.read('a'), await later.read('b')]).toEqual([null, 'another']);
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET);
    expect(readdirSync(dir)).toEqual(['keys.json']);
  });

  it.skipIf(windows)('is readable by its owner alone', async () => {
    await safeStorageBackend(system(), file).write('a', SECRET);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes names that mean something to JavaScript', async () => {
    const backend = safeStorageBackend(system(), file);
    expect(await backend.read('constructor')).toBeNull();
    await backend.write('constructor', SECRET);
    expect(await backend.read('constructor')).toBe(SECRET);
  });

  it.each(['basic_text', 'unknown'])('counts %s as no encryption', async (name) => {
    const backend = safeStorageBackend(system({ getSelectedStorageBackend: () => name }), file);
    await expect(backend.write('a', SECRET)).rejects.toMatchObject({ trouble: 'insecure' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('is absent where Electron has no encryption, and works where it names no backend', async () => {
    const none = safeStorageBackend(system({ isAsyncEncryptionAvailable: async () => false }), file);
    await expect(none.read('a')).rejects.toMatchObject({ trouble: 'absent' });
    const { getSelectedStorageBackend: _, ...mac } = system();
    await safeStorageBackend(mac, file).write('a', SECRET);
  });

  it('says unreadable for what the system can no longer decrypt', async () => {
    await safeStorageBackend(system(), file).write('a', SECRET);
    const other = safeStorageBackend(system(), file);
    await expect(other.read('a')).rejects.toMatchObject({ trouble: 'unreadable' });
    await other.write('a', SECRET);
    expect(await other.read('a')).toBe(SECRET);
  });

  it('encrypts again when the system has a newer key', async () => {
    const storage = system();
    await safeStorageBackend(storage, file).write('a', SECRET);
    const before = readFileSync(file, 'utf8');
    const rotated: SafeStorage = {
      ...storage,
      decryptStringAsync: async (bytes) => ({
        ...(await storage.decryptStringAsync(bytes)),
        shouldReEncrypt: true,
      }),
    };
    expect(await safeStorageBackend(rotated, file).read('a')).toBe(SECRET);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    expect(await safeStorageBackend(storage, file).read('a')).toBe(SECRET);
  });

  it.each(['', '{"version":1,"secr', '{"version":2,"secrets":{}}', '[]'])(
    'sets a file aside that it cannot read: %j',
    async (text) => {
      writeFileSync(file, text);
      const backend = safeStorageBackend(system(), file);
      expect(await backend.read('a')).toBeNull();
      await backend.write('a', SECRET);
      expect(await backend.read('a')).toBe(SECRET);
      expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
    },
  );

  it('a disk that refuses is said without the secret', async () => {
    const backend = safeStorageBackend(system(), join(dir, 'no', 'such', 'folder.json'));
    await expect(backend.write('a', SECRET)).rejects.toThrow(/^keychain: disk$/);
  });
});
