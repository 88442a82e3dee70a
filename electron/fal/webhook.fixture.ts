import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Delivery } from './webhook.ts';

/** What the tests of webhooks share: the other side, in so few lines that they can be read against fal-protocol §11. */

export interface SigningKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const newKey = (): SigningKey => generateKeyPairSync('ed25519');

export const jwksOf = (...keys: readonly SigningKey[]): { readonly keys: readonly object[] } => ({
  keys: keys.map(({ publicKey }) => publicKey.export({ format: 'jwk' })),
});

/** `sentAt` in milliseconds since 1970. */
export function signed(key: SigningKey, body: string, sentAt: number): Delivery {
  const bytes = Buffer.from(body, 'utf8');
  const timestamp = String(Math.floor(sentAt / 1000));
  const hash = createHash('sha256').update(bytes).digest('hex');
  const message = `r-1\nuser_1\n${timestamp}\n${hash}`;
  return {
    headers: {
      'X-Fal-Webhook-Request-Id': 'r-1',
      'X-Fal-Webhook-User-Id': 'user_1',
      'X-Fal-Webhook-Timestamp': timestamp,
      'X-Fal-Webhook-Signature': sign(null, Buffer.from(message), key.privateKey).toString('hex'),
      'content-type': 'application/json',
    },
    body: bytes,
  };
}
