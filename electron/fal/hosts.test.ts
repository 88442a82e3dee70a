import { describe, expect, test } from 'vitest';
import { mayCarryKey } from './connection.ts';
import { connectionTo, deadAddress, hostsAt, idOf, json, never, serve, startFal } from './fal.fixture.ts';
import { FAL_HOSTS, localHostsSchema, readLocalHosts } from './hosts.ts';
import { open } from './http.ts';
import { readDocument } from './document.ts';

describe('who gets the key (fal-protocol §1.2)', () => {
  test.each([
    ['https://queue.fal.run/acme/bird', true],
    ['https://fal.run/acme/bird', true],
    ['https://rest.fal.ai/tokens/', true],
    ['https://api.fal.ai/v1/models', true],
    ['https://fal.ai/api/openapi', false],
    ['https://v3.fal.media/files/a.png', false],
    ['http://queue.fal.run/acme/bird', false],
    ['https://queue.fal.run.evil.example/x', false],
    ['https://evilfal.run/x', false],
    ['https://queue.fal.run@evil.example/x', false],
    ['https://queue.fal.run:8443/x', false],
    ['https://eu.fal.run/x', true],
    ['https://eu.evilfal.run/x', false],
    ['not an address', false],
  ])('%s: %s', (url, expected) => expect(mayCarryKey(FAL_HOSTS, url)).toBe(expected));

  test('hosts that are folders of one server are told apart', () => {
    const hosts = hostsAt('http://127.0.0.1:9');
    expect(mayCarryKey(hosts, 'http://127.0.0.1:9/queue/acme/bird')).toBe(true);
    expect(mayCarryKey(hosts, 'http://127.0.0.1:9/cdn/files/a.png')).toBe(false);
    expect(mayCarryKey(hosts, 'http://127.0.0.1:9/queue/../site/x')).toBe(false);
    expect(mayCarryKey(hosts, 'http://127.0.0.1:9/queuex/y')).toBe(false);
  });

  test('the website is asked for a schema without it', async () => {
    const fal = await startFal();
    await readDocument(connectionTo(fal.hosts), idOf('demo/hillside'), never());
    expect(fal.requests()).toMatchObject([
      { path: '/site/api/openapi/queue/openapi.json', status: 200, authorization: 'none' },
    ]);
  });

  test('it does not travel along a redirect', async () => {
    const elsewhere = await serve((response) => json(response, 200, {}));
    const server = await serve((response) =>
      response.writeHead(307, { location: `${elsewhere.url}/x` }).end(),
    );
    const opened = await open(connectionTo(server.hosts), {
      method: 'GET',
      url: `${server.hosts.queue}/acme/bird`,
      retry: 'never',
      signal: never(),
    });
    expect(opened).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('a server on this computer', () => {
  test('tells its bases', async () => {
    const fal = await startFal();
    const { url: _, ...hosts } = fal.hosts;
    expect(await readLocalHosts(fal.url, fetch)).toEqual(hosts);
  });

  test('outer slashes are taken off, so that paths can follow', () => {
    const parsed = localHostsSchema.parse(hostsAt('http://localhost:1'));
    expect(parsed.queue).toBe('http://localhost:1/queue');
    expect(localHostsSchema.parse({ ...parsed, queue: 'http://[::1]:5/q//' }).queue).toBe('http://[::1]:5/q');
  });

  test.each([
    'https://queue.fal.run',
    'http://evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example/',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'https://127.0.0.1',
    'file:///etc/passwd',
    'javascript:1',
    '',
  ])('no base may be %j', (base) => {
    for (const name of ['queue', 'run', 'ws', 'rest', 'api', 'cdn', 'site'])
      expect(localHostsSchema.safeParse({ ...hostsAt('http://127.0.0.1:1'), [name]: base }).success).toBe(
        false,
      );
  });

  test('one that points elsewhere, redirects, answers no JSON or is away is none', async () => {
    const elsewhere = await serve((response) => json(response, 200, hostsAt('http://evil.example')));
    expect(await readLocalHosts(elsewhere.url, fetch)).toBeNull();
    const good = await startFal();
    const moved = await serve((response) => response.writeHead(302, { location: good.url }).end());
    expect(await readLocalHosts(moved.url, fetch)).toBeNull();
    const odd = await serve((response) => response.end('<html>'));
    expect(await readLocalHosts(odd.url, fetch)).toBeNull();
    expect(await readLocalHosts(await deadAddress(), fetch)).toBeNull();
  });

  test('an address that is not this computer is not even asked', async () => {
    const asked: unknown[] = [];
    const recording: typeof fetch = (url) => {
      asked.push(url);
      return Promise.reject(new Error('no'));
    };
    for (const url of ['http://evil.example', 'https://127.0.0.1', 'nonsense'])
      expect(await readLocalHosts(url, recording)).toBeNull();
    expect(asked).toEqual([]);
  });
});
