import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenState } from './types.ts';
import { isObject } from '../http.ts';

/** Signs and reads the short-lived tokens that open a session (fal-protocol §7.1). Each server has a secret of its own. */
export class TokenMint {
  readonly #secret = randomBytes(32);

  issue(apps: readonly string[], seconds: number): string {
    // `exp` may have a fraction (RFC 7519 §2), which short lives in tests need.
    const claims = { apps, exp: Date.now() / 1000 + seconds, jti: randomBytes(9).toString('base64url') };
    const body = `${encodePart({ alg: 'HS256', typ: 'JWT' })}.${encodePart(claims)}`;
    return `${body}.${this.#sign(body).toString('base64url')}`;
  }

  read(token: string | null): TokenState {
    if (token === null || token === '') return { kind: 'none' };
    const dot = token.lastIndexOf('.');
    const body = token.slice(0, Math.max(0, dot));
    const given = Buffer.from(token.slice(dot + 1), 'base64url');
    const expected = this.#sign(body);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'other' };
    // Ours, since it carries our signature.
    const claims: unknown = JSON.parse(
      Buffer.from(body.slice(body.indexOf('.') + 1), 'base64url').toString('utf8'),
    );
    if (!isObject(claims) || !Array.isArray(claims['apps']) || typeof claims['exp'] !== 'number') {
      return { kind: 'other' };
    }
    const apps = claims['apps'].filter((app) => typeof app === 'string');
    const expires = claims['exp'] * 1000;
    return { kind: expires > Date.now() ? 'valid' : 'expired', apps, expires };
  }

  #sign(body: string): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest();
  }
}

function encodePart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
