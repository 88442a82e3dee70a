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

/** Seconds that a file is kept; null where it is left to the account. */
export function secondsKept({ expiresIn = 'never' }: Lifecycle): number | null {
  if (expiresIn === 'never') return null;
  return typeof expiresIn === 'number' ? expiresIn : SECONDS[expiresIn];
}

/** The header's JSON; null where it would say nothing. */
export function lifecycleHeader(lifecycle: Lifecycle): string | null {
  const seconds = secondsKept(lifecycle);
  const { initialAcl } = lifecycle;
  const wire = {
    ...(seconds === null ? {} : { expiration_duration_seconds: seconds }),
    ...(initialAcl === undefined ? {} : { initial_acl: initialAcl }),
  };
  if (Object.keys(wire).length === 0) return null;
  // A header is Latin letters only; JSON has a way to write the others.
  return JSON.stringify(wire).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
