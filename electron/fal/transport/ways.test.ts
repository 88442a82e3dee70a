import { describe, expect, test } from 'vitest';
import { value } from '../fal.fixture.ts';
import { readPac, waysOfEnvironment, withUsers } from './ways.ts';
import type { Way } from './ways.ts';

const FAL = new URL('https://queue.fal.run/x');
const said = (way: Way): string =>
  way.kind === 'direct' ? 'direct' : `${way.kind} ${way.host} ${way.port} ${way.user?.name ?? ''}`.trim();

test.each<[string, string[]]>([
  ['DIRECT', ['direct']],
  ['PROXY a:1; SOCKS b:2; DIRECT', ['http a 1', 'socks4 b 2', 'direct']],
  ['HTTPS a:443;SOCKS5 [::1]:1080', ['https a 443', 'socks5 ::1 1080']],
  ['proxy A.Example; HTTP b:8', ['http a.example 80', 'http b 8']],
  ['QUIC a:443; PROXY b:1', ['http b 1']],
  ['', ['direct']],
  ['PROXY', ['direct']],
  ['PROXY a:b', ['direct']],
  ['nonsense', ['direct']],
])('a PAC file’s %s', (text, ways) => expect(readPac(text).map(said)).toEqual(ways));

describe('the environment', () => {
  const asks = async (env: Record<string, string>, url = FAL): Promise<string[]> =>
    (await value(waysOfEnvironment(env))(url)).map(said);

  test.each<[Record<string, string>, string]>([
    [{}, 'direct'],
    [{ HTTPS_PROXY: 'http://a:8080' }, 'http a 8080'],
    [{ https_proxy: 'a:8080' }, 'http a 8080'],
    [{ HTTPS_PROXY: 'https://a' }, 'https a 443'],
    [{ HTTP_PROXY: 'http://a:1' }, 'direct'],
    [{ ALL_PROXY: 'socks5h://me:word@a' }, 'socks5 a 1080 me'],
    [{ ALL_PROXY: 'socks4://a:9', HTTPS_PROXY: 'http://b:1' }, 'http b 1'],
    [{ HTTPS_PROXY: 'http://m%40e:100%@a:1' }, 'http a 1 m@e'],
    [{ HTTPS_PROXY: '' }, 'direct'],
    [{ HTTPS_PROXY: ' ', https_proxy: 'http://a:1' }, 'http a 1'],
  ])('%j', async (env, way) => expect(await asks(env)).toEqual([way]));

  test.each<[string, string]>([
    ['*', 'direct'],
    ['fal.run', 'direct'],
    ['.fal.run', 'direct'],
    ['*.fal.run', 'direct'],
    ['a.example, QUEUE.fal.run:443', 'direct'],
    ['queue.fal.run:8443', 'http a 1'],
    ['al.run', 'http a 1'],
    ['run.', 'http a 1'],
    ['', 'http a 1'],
  ])('but NO_PROXY=%s', async (rule, way) =>
    expect(await asks({ HTTPS_PROXY: 'http://a:1', NO_PROXY: rule })).toEqual([way]),
  );

  test.each<[string, string]>([
    ['fd00::5', 'direct'],
    ['FD00:0::5', 'direct'],
    ['[fd00::5]', 'direct'],
    ['[fd00::5]:443', 'direct'],
    ['[fd00::5]:8443', 'http a 1'],
    ['fd00::6', 'http a 1'],
    ['fd00::', 'http a 1'],
  ])('an address of version 6, but NO_PROXY=%s', async (rule, way) => {
    const env = { HTTPS_PROXY: 'http://a:1', NO_PROXY: rule };
    expect(await asks(env, new URL('https://[fd00::5]/'))).toEqual([way]);
  });

  test('sockets go as calls do', async () => {
    expect(await asks({ HTTPS_PROXY: 'http://a:1' }, new URL('wss://fal.run/x'))).toEqual(['http a 1']);
  });

  test.each(['ftp://a:1', 'http://', 'http://a:99999', '://'])('%s names no proxy', (text) =>
    expect(waysOfEnvironment({ HTTPS_PROXY: text })).toMatchObject({ ok: false, error: { kind: 'input' } }),
  );
});

test('a password in the environment is for that very proxy of the system’s', async () => {
  const system = (): Promise<readonly Way[]> => Promise.resolve(readPac('PROXY a:1; PROXY b:1; DIRECT'));
  const ways = withUsers(system, { HTTPS_PROXY: 'http://me:word@a:1', ALL_PROXY: 'http://b:1' });
  expect((await ways(FAL)).map(said)).toEqual(['http a 1 me', 'http b 1', 'direct']);
});

test.each([
  ['PROXY a:1', 'https://me:word@a:1', 'http a 1'],
  ['HTTPS a:1', 'http://me:word@a:1', 'https a 1'],
  ['HTTPS a:1', 'https://me:word@a:1', 'https a 1 me'],
  ['SOCKS5 a:1', 'https://me:word@a:1', 'socks5 a 1'],
])('a password goes by the kind of way it was given for: %s, %s', async (pac, given, way) => {
  const ways = withUsers(() => Promise.resolve(readPac(pac)), { HTTPS_PROXY: given });
  expect((await ways(FAL)).map(said)).toEqual([way]);
});
