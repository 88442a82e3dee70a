import { describe, expect, it } from 'vitest';
import { keytarBackend } from './keytar-backend.ts';
import type { Keytar, KeytarOptions } from './keytar-backend.ts';

const SECRET = 'aaaa:bbbb-cccc';

function fakeKeytar(message: string | null = null): Keytar & { readonly calls: unknown[][] } {
  const calls: unknown[][] = [];
  const answer = async <T>(value: T, ...args: unknown[]): Promise<T> => {
    calls.push(args);
    if (message !== null) throw new Error(`${message} (${args.join(' ')})`);
    return value;
  };
  return {
    calls,
    getPassword: (...args) => answer(SECRET, ...args),
    setPassword: (...args) => answer(undefined, ...args),
    deletePassword: (...args) => answer(true, ...args),
  };
}

const linux = (options: KeytarOptions): ReturnType<typeof keytarBackend> =>
  keytarBackend({ platform: 'linux', check: async () => null, ...options });

describe('keytarBackend', () => {
  it('keeps secrets under the name of the app', async () => {
    const keytar = fakeKeytar();
    const backend = linux({ load: async () => keytar });
    await backend.write('a', SECRET);
    expect(await backend.read('a')).toBe(SECRET);
    await backend.remove('a');
    expect(keytar.calls).toEqual([
      ['fal Playground', 'a', SECRET],
      ['fal Playground', 'a'],
      ['fal Playground', 'a'],
    ]);
  });

  it('loads nothing before the first call, and once', async () => {
    let loads = 0;
    const load = async (): Promise<Keytar> => {
      loads += 1;
      return fakeKeytar();
    };
    const backend = linux({ load });
    expect(loads).toBe(0);
    await Promise.all([backend.read('a'), backend.read('b')]);
    expect(loads).toBe(1);
  });

  it('is absent where the module cannot be loaded', async () => {
    const load = (): Promise<Keytar> =>
      Promise.reject(new Error('libsecret-1.so.0: cannot open shared object'));
    await expect(linux({ load }).read('a')).rejects.toMatchObject({ trouble: 'absent' });
  });

  it('asks the bus first, and on Linux alone', async () => {
    const keytar = fakeKeytar();
    const options: KeytarOptions = { load: async () => keytar, check: async () => 'no-bus' };
    await expect(linux(options).read('a')).rejects.toMatchObject({ trouble: 'no-bus' });
    expect(keytar.calls).toEqual([]);
    expect(await keytarBackend({ ...options, platform: 'darwin' }).read('a')).toBe(SECRET);
  });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no-bus'],
    ['Could not connect: No such file or directory', 'no-bus'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no-service'],
    ['Cannot create an item in a locked collection', 'locked'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'locked'],
    ['The user name or passphrase you entered is not correct.', 'refused'],
  ])('%s: %s', async (message, trouble) => {
    const backend = linux({ load: async () => fakeKeytar(message) });
    await expect(backend.read('a')).rejects.toMatchObject({ trouble });
  });

  it('tells nothing of what it was given', async () => {
    const backend = linux({ load: async () => fakeKeytar('Cannot keep this') });
    const error: unknown = await backend.write('a', SECRET).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    const { message, stack, cause } = error instanceof Error ? error : new Error('none');
    expect(JSON.stringify([message, stack, cause ?? null])).not.toContain(SECRET);
    expect(message).toBe('keychain: refused');
  });
});
