import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { LocalModel } from './index.ts';
import { ModelError, startLocalFal } from './index.ts';
import { call, dig, gatedModel, makeGate, text } from './testing.ts';

type Delivered = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** An address on this computer that answers with these codes in turn, the last for ever. */
async function listener(...codes: readonly number[]) {
  const delivered: Delivered[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const code = codes[Math.min(delivered.length, codes.length - 1)] ?? 200;
      delivered.push({ headers: request.headers, body });
      response.writeHead(code, { location: '/elsewhere' }).end();
      for (const wake of waiting) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    delivered,
    until: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => delivered.length >= count && resolve();
        waiting.push(look);
        look();
      }),
  };
}

async function local(model: LocalModel) {
  const server = await startLocalFal({ pace: 0, extraModels: [model] });
  onTestFinished(() => server.close());
  const submit = (hook: string) =>
    call(`${server.hosts.queue}/${model.endpointId}?fal_webhook=${encodeURIComponent(hook)}`, {
      json: { n: 1 },
    });
  return { server, submit };
}

const open = () => {
  const gate = makeGate();
  gate.open();
  return gate;
};

test('the end of a request is told to the address, signed by the key that the rest host names', async () => {
  const hook = await listener(200);
  const { server, submit } = await local(gatedModel('acme/bird', open()));
  const requestId = text(dig((await submit(hook.url)).body, 'request_id'));
  await hook.until(1);
  const [sent] = hook.delivered;
  if (!sent) throw new Error('nothing was delivered');
  expect(JSON.parse(sent.body)).toEqual({
    request_id: requestId,
    gateway_request_id: requestId,
    status: 'OK',
    payload: { echo: { n: 1 } },
  });
  const jwks = await call(`${server.hosts.rest}/.well-known/jwks.json`, { headers: { authorization: '' } });
  expect(jwks).toMatchObject({ status: 200, body: { keys: [{ kty: 'OKP', crv: 'Ed25519' }] } });
  const x = text(dig(jwks.body, 'keys', 0, 'x'));
  const header = (name: string) => text(sent.headers[`x-fal-webhook-${name}`]);
  const message = [
    header('request-id'),
    header('user-id'),
    header('timestamp'),
    createHash('sha256').update(sent.body).digest('hex'),
  ].join('\n');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  expect(verify(null, Buffer.from(message), key, Buffer.from(header('signature'), 'hex'))).toBe(true);
  expect(header('request-id')).toBe(requestId);
  expect(Math.abs(Number(header('timestamp')) - Date.now() / 1000)).toBeLessThan(60);
});

test('a failed request is told as an error, with what its result call would answer', async () => {
  const hook = await listener(200);
  const failing: LocalModel = {
    ...gatedModel('acme/bird', open()),
    run() {
      throw new ModelError('Too long', 'x', { status: 422, body: { detail: 'Too long' } });
    },
  };
  const { submit } = await local(failing);
  await submit(hook.url);
  await hook.until(1);
  expect(JSON.parse(hook.delivered[0]?.body ?? '')).toMatchObject({
    status: 'ERROR',
    error: 'Invalid status code: 422',
    payload: { detail: 'Too long' },
  });
});

test('an address that fails is told again, each time signed anew; one that redirects is not', async () => {
  const [failing, redirecting] = [await listener(500, 503, 204), await listener(307)];
  const { submit } = await local(gatedModel('acme/bird', open()));
  await Promise.all([submit(failing.url), submit(redirecting.url)]);
  await failing.until(3);
  await redirecting.until(1);
  // A request of its own ends after all that could have been sent before it.
  const last = await listener(200);
  await submit(last.url);
  await last.until(1);
  expect([failing.delivered.length, redirecting.delivered.length]).toEqual([3, 1]);
  expect(new Set(failing.delivered.map(({ body }) => body)).size).toBe(1);
});

test('an address elsewhere is not told, and the log says so', async () => {
  const { server, submit } = await local(gatedModel('acme/bird', open()));
  const sent = await submit('https://example.com/hook');
  const { body } = await call(`${text(dig(sent.body, 'status_url'))}?logs=1`);
  expect(dig(body, 'logs', 0)).toMatchObject({
    level: 'WARN',
    message: 'The local server delivers webhooks to this computer alone',
  });
  expect(server.url).toContain('127.0.0.1');
});
