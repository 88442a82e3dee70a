import { describe, expect, it } from 'vitest';
import { appPath, fullPath, parseEndpointId } from './endpoint-id.ts';

describe('endpoint ids (fal-protocol §2.1)', () => {
  it.each([
    ['acme/bird', 'acme/bird', 'acme/bird'],
    ['acme/bird/v1.5/turbo', 'acme/bird', 'acme/bird/v1.5/turbo'],
    ['workflows/mia/poster', 'workflows/mia/poster', 'workflows/mia/poster'],
    ['comfy/mia/graph/a/b', 'comfy/mia/graph', 'comfy/mia/graph/a/b'],
    ['12345-my-app', '12345/my-app', '12345/my-app'],
    [' /acme/bird/ ', 'acme/bird', 'acme/bird'],
  ])('%s is followed at %s and submitted at %s', (text, app, full) => {
    const id = parseEndpointId(text);
    if (id === null) throw new Error('not read');
    expect(appPath(id)).toBe(app);
    expect(fullPath(id)).toBe(full);
  });

  it.each([
    '',
    'bird',
    '123-a_b',
    'workflows/mia',
    'acme//bird',
    'acme/../bird',
    'https://evil.example/x',
    'a b/c',
    'acme/bird?x=1',
  ])('refuses %j', (text) => expect(parseEndpointId(text)).toBeNull());
});
