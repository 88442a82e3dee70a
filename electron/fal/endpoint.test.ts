import { describe, expect, test } from 'vitest';
import { fullPath } from '../../shared/fal/endpoint-id.ts';
import { mayCarryKey } from './connection.ts';
import { callPath, readEndpoint } from './endpoint.ts';
import { hostsAt, idOf } from './fal.fixture.ts';
import { FAL_HOSTS } from './hosts.ts';

const LOCAL = hostsAt('http://127.0.0.1:9');

describe('an endpoint given as an address (fal-protocol §1.3)', () => {
  test.each([
    ['https://fal.run/acme/bird/v1.5', 'acme/bird/v1.5'],
    ['https://fal.run/acme/bird/', 'acme/bird'],
    ['https://queue.fal.run/workflows/mia/poster', 'workflows/mia/poster'],
    ['wss://fal.run/acme/bird/realtime', 'acme/bird/realtime'],
    ['https://FAL.run/acme/bird', 'acme/bird'],
    ['https://fal.ai/models/acme/bird/turbo', 'acme/bird/turbo'],
    ['https://fal.ai/models/acme/bird/api', 'acme/bird'],
    ['acme/bird', 'acme/bird'],
    ['12345-my-app', '12345/my-app'],
  ])('%s is %s on any of fal’s hosts', (text, id) => {
    for (const hosts of [FAL_HOSTS, LOCAL]) {
      const read = readEndpoint(text, hosts);
      expect(read.ok && fullPath(read.value)).toBe(id);
      expect(read).not.toHaveProperty('value.origin');
    }
  });

  test('another host under fal’s is called there, and gets the key', () => {
    const read = readEndpoint('https://eu.fal.run/acme/bird', FAL_HOSTS);
    expect(read).toMatchObject({ ok: true, value: { alias: 'bird', origin: 'https://eu.fal.run' } });
    expect(mayCarryKey(FAL_HOSTS, 'https://eu.fal.run/acme/bird')).toBe(true);
  });

  test('but not with the key of a server that stands in fal’s place', () => {
    expect(readEndpoint('https://eu.fal.run/acme/bird', LOCAL)).toMatchObject({
      ok: false,
      error: { kind: 'input' },
    });
    expect(mayCarryKey(LOCAL, 'https://eu.fal.run/acme/bird')).toBe(false);
    expect(mayCarryKey(LOCAL, 'https://fal.run/acme/bird')).toBe(false);
  });

  test('addresses of the connection’s own hosts are read too', () => {
    const read = readEndpoint('http://127.0.0.1:9/run/acme/bird/x', LOCAL);
    expect(read.ok && fullPath(read.value)).toBe('acme/bird/x');
    expect(readEndpoint('http://127.0.0.1:9/run/acme/bird', FAL_HOSTS).ok).toBe(false);
  });

  test.each([
    'https://evilfal.run/acme/bird',
    'https://evil-fal.ai/acme/bird',
    'https://fal.run.evil.example/acme/bird',
    'https://fal.run@evil.example/acme/bird',
    'https://user:x@fal.run/acme/bird',
    'https://user@fal.run/acme/bird',
    'http://fal.run/acme/bird',
    'http://queue.fal.run/acme/bird',
    'https://fal.run:8443/acme/bird',
    '//fal.run/acme/bird',
    'file:///acme/bird',
    'https://fal.run/acme/bird?x=1',
    'https://fal.run/acme/bird#x',
    'https://fal.run/acme',
    'https://fal.run/acme/bi%72d',
    'https://fal.ai/acme/bird',
    'javascript:acme/bird',
    'acme',
    '',
  ])('%s is refused before anything is sent', (text) => {
    for (const hosts of [FAL_HOSTS, LOCAL])
      expect(readEndpoint(text, hosts)).toMatchObject({ ok: false, error: { kind: 'input', detail: text } });
  });
});

describe('the path inside an app (fal-protocol §2.3)', () => {
  test.each([
    ['acme/bird', undefined, '', 'acme/bird'],
    ['acme/bird', 'turbo', '', 'acme/bird/turbo'],
    ['acme/bird', '/turbo', '', 'acme/bird/turbo'],
    ['acme/bird', '//x//y//z/', '', 'acme/bird/x/y/z'],
    ['acme/bird/turbo', 'turbo', '', 'acme/bird/turbo/turbo'],
    ['workflows/mia/poster', 'x', '', 'workflows/mia/poster/x'],
    ['acme/bird', undefined, 'stream', 'acme/bird/stream'],
    ['acme/bird/stream', undefined, 'stream', 'acme/bird/stream'],
    ['acme/upstream', undefined, 'stream', 'acme/upstream/stream'],
    ['acme/bird', 'live', 'stream', 'acme/bird/live'],
    ['acme/bird/live', '/live', 'stream', 'acme/bird/live'],
    ['acme/bird', '', 'stream', 'acme/bird'],
    ['acme/bird', '/', 'stream', 'acme/bird'],
  ])('%s with %j, else %j: %s', (id, path, otherwise, expected) =>
    expect(callPath(idOf(id), path, otherwise)).toEqual({ ok: true, value: expected }),
  );

  test.each(['..', 'x/../../../y', '.', 'a b', 'x?y=1', 'x#y', 'x%2f..', 'ü'])('%j is refused', (path) =>
    expect(callPath(idOf('acme/bird'), path)).toMatchObject({ ok: false, error: { kind: 'input' } }),
  );
});
