import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { LONGEST_NAME } from '../../shared/key-name.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** Header values must be plain printable text; anything else would fail later with a stranger message. */
const KEY = /^[\x21-\x7e]+$/;
const LONGEST_KEY = 1000;

/** The key as it was meant: trimmed, and of a shape that can be one. No answer of this quotes it. */
export function readKey(typed: string): Result<string, AppError> {
  const key = typed.trim();
  const refuse = (title: string): Result<string, AppError> =>
    fail(
      appError('input', title, {
        hint: 'Nothing was sent or stored. Copy the key again from your fal dashboard, whole and by itself.',
      }),
    );
  if (key === '') return refuse('There is no key in the box');
  if (/[\r\n]/.test(key)) return refuse('A key is one line, and this is several');
  if (/\s/.test(key)) return refuse('A key has no spaces in it');
  if (!KEY.test(key)) return refuse('This holds characters that no key has');
  if (key.length > LONGEST_KEY) return refuse('This is too long to be a key');
  return ok(key);
}

export interface EnvironmentKey {
  readonly secret: string;
  /** The variables it was read from, for the person. */
  readonly variables: string;
}

/** FAL_KEY wins as soon as it is there; else FAL_KEY_ID with FAL_KEY_SECRET (fal-protocol §1.2). */
export function environmentKey(
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentKey | null {
  const { FAL_KEY: key, FAL_KEY_ID: id, FAL_KEY_SECRET: secret } = environment;
  const whole = key?.trim() ?? '';
  const [first, second] = [id?.trim() ?? '', secret?.trim() ?? ''];
  const found = whole !== '' ? whole : first !== '' && second !== '' ? `${first}:${second}` : '';
  if (!readKey(found).ok) return null;
  return { secret: found, variables: whole !== '' ? 'FAL_KEY' : 'FAL_KEY_ID and FAL_KEY_SECRET' };
}

/** A name as it can be shown in one line. */
export function readName(typed: string): Result<string, AppError> {
  const name = typed.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const length = [...name].length;
  return length > 0 && length <= LONGEST_NAME
    ? ok(name)
    : fail(appError('input', `A name has 1 to ${LONGEST_NAME} characters`));
}

/** The name, with a number when another key has it already. Case makes no difference to a person looking for it. */
export function uniqueName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map((other) => other.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : ` ${n}`;
    const candidate = [...name].slice(0, LONGEST_NAME - suffix.length).join('') + suffix;
    if (!known.has(candidate.toLowerCase())) return candidate;
  }
}
