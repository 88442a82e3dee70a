import { timingSafeEqual } from 'node:crypto';
import type { Answer, Authorization } from './types.ts';
import { detail } from './http.ts';

/** `Authorization: Key <credential>` (fal-protocol §1.2). */
export function readAuthorization(header: string | undefined, key: string): Authorization {
  if (header === undefined || header.trim() === '') return 'none';
  const match = /^key\s+(\S+)\s*$/i.exec(header);
  return match?.[1] !== undefined && same(match[1], key) ? 'valid' : 'other';
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function unauthorized(authorization: Authorization): Answer {
  return detail(
    401,
    authorization === 'none'
      ? 'Authentication is required to access this application'
      : 'Invalid authentication credentials: no key with this id and secret was found',
  );
}
