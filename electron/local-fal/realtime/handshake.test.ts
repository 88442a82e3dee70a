import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalFal } from '../index.ts';
import { startLocalFal } from '../index.ts';
import { AUTH, call, dig, text } from '../testing.ts';
import { Client, liveModel, Refusal, tokenFor } from './testing.ts';

let server: LocalFal;
beforeAll(async () => {
  const model = { mode: 'unary', answer: (input: object) => ({ ...input }) } as const;
  const ids = ['acme/bird', 'acme/fish/realtime', 'workflows/mia/poster'];
  server = await startLocalFal({
    pace: 0,
    extraModels: [
      ...ids.map((id) => liveModel(id, model)),
      liveModel('acme/own', { ...model, path: '/live' }),
    ],
  });
});
afterAll(() => server.close());

const tokens = (json: unknown, path = '/tokens/', headers = {}) =>
  call(`${server.hosts.rest}${path}`, { json, headers });

async function refusal(url: string, headers?: Record<string, string>): Promise<Refusal> {
  try {
    await (await Client.open(url, headers)).close();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was let in');
}

async function echo(url: string, headers?: Record<string, string>): Promise<unknown> {
  const client = await Client.open(url, headers);
  const answer = await client.ask({ a: 1 });
  await client.close();
  return answer;
}

describe('tokens', () => {
  test('a JSON string for the alias; an object at /tokens/realtime', async () => {
    const reply = await tokens({ allowed_apps: ['bird'], token_expiration: 120 });
    expect(reply).toMatchObject({ status: 200, body: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
    const whole = await tokens({ allowed_apps: ['acme/bird'], duration: 60 }, '/tokens/realtime');
    expect(whole.body).toEqual({ token: expect.any(String) });
    const claims = text(dig(whole.body, 'token')).split('.')[1] ?? '';
    const exp = Number(dig(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')), 'exp'));
    expect(exp - Date.now() / 1000).toBeGreaterThan(50);
    expect(exp - Date.now() / 1000).toBeLessThanOrEqual(60);
  });

  test('the key is wanted, and a request that makes sense', async () => {
    expect((await tokens({ allowed_apps: ['bird'] }, '/tokens/', { authorization: '' })).status).toBe(401);
    const bad = [
      {},
      { allowed_apps: [] },
      { allowed_apps: 'bird' },
      { allowed_apps: [5] },
      { allowed_apps: ['bird'], token_expiration: 0 },
      { allowed_apps: ['bird'], token_expiration: 86_400 },
      { allowed_apps: ['bird'], token_expiration: '120' },
    ];
    for (const json of bad) {
      const reply = await tokens(json);
      expect([json, reply.status]).toEqual([json, 422]);
      expect(dig(reply.body, 'detail', 0, 'loc', 0)).toBe('body');
    }
    expect((await call(`${server.hosts.rest}/tokens/`)).status).toBe(405);
  });
});

describe('the upgrade', () => {
  test('by a token for the alias or by the key, under ws and under run', async () => {
    const token = await tokenFor(server.hosts.rest, 'bird');
    const run = server.hosts.run.replace('http:', 'ws:');
    for (const base of [server.hosts.ws, run]) {
      expect(await echo(`${base}/acme/bird/realtime?fal_jwt_token=${token}`)).toEqual({ a: 1 });
      expect(await echo(`${base}/acme/bird/realtime?max_buffering=60`, AUTH)).toEqual({ a: 1 });
    }
    const poster = await tokenFor(server.hosts.rest, 'poster');
    expect(await echo(`${server.hosts.ws}/workflows/mia/poster/realtime?fal_jwt_token=${poster}`)).toEqual({
      a: 1,
    });
    const whole = await tokens({ allowed_apps: ['acme/bird/realtime'] }, '/tokens/realtime');
    expect(
      await echo(`${server.hosts.ws}/acme/bird/realtime?fal_jwt_token=${text(dig(whole.body, 'token'))}`),
    ).toEqual({ a: 1 });
  });

  test('an id that ends with /realtime is its own address; a model may have a path of its own', async () => {
    expect(await echo(`${server.hosts.ws}/acme/fish/realtime`, AUTH)).toEqual({ a: 1 });
    expect(await echo(`${server.hosts.ws}/acme/own/live`, AUTH)).toEqual({ a: 1 });
    const twice = await refusal(`${server.hosts.ws}/acme/fish/realtime/realtime`, AUTH);
    expect(twice).toMatchObject({ status: 404, body: { detail: 'Path /realtime/realtime not found' } });
  });

  test('401 for no key, a wrong one, a token of another app, a forged or an old one', async () => {
    const url = `${server.hosts.ws}/acme/bird/realtime`;
    const other = await tokenFor(server.hosts.rest, 'fish');
    const good = await tokenFor(server.hosts.rest, 'bird');
    const [head, body, sign] = good.split('.');
    const forged = JSON.stringify({ apps: ['bird'], exp: 9e9 });
    const cases: [string, Record<string, string>][] = [
      ['', {}],
      ['', { authorization: 'Key someone:else' }],
      [other, {}],
      [`${head}.${Buffer.from(forged).toString('base64url')}.${sign}`, {}],
      [`${head}.${body}.`, {}],
      ['garbage', {}],
    ];
    for (const [token, headers] of cases) {
      const got = await refusal(`${url}?fal_jwt_token=${token}`, headers);
      expect([token, got.status]).toEqual([token, 401]);
      expect(got.body).toEqual({ detail: expect.any(String) });
    }
    // Who has no right is told nothing of what is there.
    expect((await refusal(`${server.hosts.ws}/acme/nothing/realtime`)).status).toBe(401);
  });

  test('404 for what is not there, 422 for a buffer that cannot be', async () => {
    for (const [path, inside] of [
      ['acme/bird', ''],
      ['acme/bird/fly', 'fly'],
      ['acme/nothing/realtime', 'acme/nothing/realtime'],
      ['demo/hillside', ''],
    ]) {
      const got = await refusal(`${server.hosts.ws}/${path}`, AUTH);
      expect(got).toMatchObject({ status: 404, body: { detail: `Path /${inside} not found` } });
    }
    expect((await refusal(`${server.url.replace('http', 'ws')}/queue/acme/bird`, AUTH)).status).toBe(404);
    for (const many of ['0', '61', '1.5', 'x', '']) {
      const got = await refusal(`${server.hosts.ws}/acme/bird/realtime?max_buffering=${many}`, AUTH);
      expect([many, got.status]).toEqual([many, 422]);
      expect(dig(got.body, 'detail', 0, 'loc')).toEqual(['query', 'max_buffering']);
    }
  });

  test('a plain request is told to upgrade', async () => {
    const reply = await call(`${server.url}/ws/acme/bird/realtime`);
    expect(reply.status).toBe(426);
  });
});

test('closing the server ends its sessions', async () => {
  const own = await startLocalFal({
    pace: 0,
    extraModels: [liveModel('a/b', { mode: 'unary', answer: () => ({}) })],
  });
  const client = await Client.open(`${own.hosts.ws}/a/b/realtime`, AUTH);
  await own.close();
  expect((await client.closed).code).toBe(1006);
});
