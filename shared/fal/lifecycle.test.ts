import { describe, expect, test } from 'vitest';
import { lifecycleHeader } from './lifecycle-header.ts';
import { lifecycleSchema } from './lifecycle.ts';

test.each([
  ['immediate', 60],
  ['1h', 3600],
  ['1d', 86_400],
  ['7d', 604_800],
  ['30d', 2_592_000],
  ['1y', 31_536_000],
  [90, 90],
] as const)('each word of fal’s for a time: %s', (expiresIn, seconds) => {
  expect(lifecycleHeader({ expiresIn })).toBe(`{"expiration_duration_seconds":${seconds}}`);
});

test('what leaves it to the account says nothing', () => {
  expect([lifecycleHeader({}), lifecycleHeader({ expiresIn: 'never' })]).toEqual([null, null]);
});

test('readers, in letters that a header can carry', () => {
  const initialAcl = { default: 'forbid', rules: [{ user: 'jörg', decision: 'allow' }] } as const;
  const said = lifecycleHeader(lifecycleSchema.parse({ expiresIn: 'never', initialAcl }));
  expect(said).toContain('j\\u00f6rg');
  expect(JSON.parse(said ?? '')).toEqual({ initial_acl: initialAcl });
});

describe('what cannot be', () => {
  test.each([
    [{ expiresIn: true }],
    [{ expiresIn: 0 }],
    [{ expiresIn: -5 }],
    [{ expiresIn: 1.5 }],
    [{ expiresIn: '2d' }],
    [{ initialAcl: { default: 'deny' } }],
    [{ initialAcl: { rules: [] } }],
    [{ initialAcl: { default: 'hide', rules: [{ user: '', decision: 'allow' }] } }],
    [{ initialAcl: { default: 'hide', rules: [{ user: 'mia', decision: 'perhaps' }] } }],
    [{ initialAcl: { default: 'hide' }, other: 1 }],
  ])('%j', (lifecycle) => expect(lifecycleSchema.safeParse(lifecycle).success).toBe(false));
});
