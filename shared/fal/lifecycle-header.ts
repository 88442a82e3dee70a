import type { Lifecycle } from './lifecycle.ts';

/** Seconds by name (fal-protocol §8.3). Backends take 0 for "for ever", so that a minute is the shortest. */
const SECONDS = {
  immediate: 60,
  '1h': 3_600,
  '1d': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
  '1y': 31_536_000,
} as const;

/** The header's JSON; null where it would say nothing. */
export function lifecycleHeader({ expiresIn = 'never', initialAcl }: Lifecycle): string | null {
  const wire = {
    ...(expiresIn === 'never'
      ? {}
      : { expiration_duration_seconds: typeof expiresIn === 'number' ? expiresIn : SECONDS[expiresIn] }),
    ...(initialAcl === undefined ? {} : { initial_acl: initialAcl }),
  };
  if (Object.keys(wire).length === 0) return null;
  // A header is Latin letters only; JSON has a way to write the others.
  return JSON.stringify(wire).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
