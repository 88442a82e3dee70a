import { describe, expect, test } from 'vitest';
import { value } from '../../electron/fal/fal.fixture.ts';
import { readDelivery, readDeliveryFile } from './delivery.ts';

const BODY = '{"text":"Grüße"}\n';
const BYTES = Buffer.byteLength(BODY);
const read = (text: string | Uint8Array) => {
  const delivery = value(readDelivery(typeof text === 'string' ? Buffer.from(text) : text));
  return { ...delivery, body: Buffer.from(delivery.body).toString('utf8') };
};

describe('an HTTP message as it came over the wire', () => {
  test.each([
    ['a request', `POST /hook HTTP/1.1\r\nHost: me\r\nX-A:  b \r\n\r\n${BODY}`],
    ['an answer, as curl -i prints it', `HTTP/1.1 200 OK\r\nHost: me\r\nX-A:  b \r\n\r\n${BODY}`],
    ['bare line ends', `POST /hook HTTP/1.1\nHost: me\nX-A: b\n\n${BODY}`],
    ['headers alone', `Host: me\r\nX-A: b\r\n\r\n${BODY}`],
  ])('%s', (_name, text) => {
    expect(read(text)).toEqual({ headers: { host: 'me', 'x-a': 'b' }, body: BODY });
  });

  test('the body is as long as the message says, whatever an editor put behind it', () => {
    expect(read(`POST / HTTP/1.1\r\nContent-Length: ${BYTES}\r\n\r\n${BODY}\r\n`).body).toBe(BODY);
  });

  test('a body in chunks is put together', () => {
    const chunked =
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n9 ;x=y\r\n:"0123456\r\n2\r\n"}\r\n0\r\n\r\n';
    expect(read(chunked).body).toBe('{"a":"0123456"}');
  });

  test('bytes that are no text stay as they are', () => {
    const bytes = Buffer.concat([Buffer.from('X-A: b\r\n\r\n'), Buffer.from([0xff, 0x00, 0x0d, 0x0a])]);
    expect([...value(readDelivery(bytes)).body]).toEqual([0xff, 0x00, 0x0d, 0x0a]);
  });
});

describe('JSON', () => {
  test.each([
    ['the text as it came', { body: BODY }],
    ['its bytes', { bodyBase64: Buffer.from(BODY).toString('base64') }],
  ])('%s', (_name, part) => {
    const saved = JSON.stringify({ headers: { 'X-A': ['b', 'c'], host: 'me' }, ...part });
    expect(read(saved)).toEqual({ headers: { 'X-A': 'b, c', host: 'me' }, body: BODY });
  });
});

describe('what is no saved delivery is an error of kind input', () => {
  test.each([
    ['no empty line', 'POST / HTTP/1.1\r\nHost: me\r\n', 'no empty line'],
    ['a line that is no header', 'POST / HTTP/1.1\r\nwhat\r\n\r\n{}', 'This is no header: what'],
    ['a body that is cut off', 'A: b\r\nContent-Length: 99\r\n\r\n{}', 'has 2 bytes'],
    ['chunks that are cut off', 'A: b\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}', 'cut off'],
    ['chunks without a length', 'A: b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}', 'length'],
    ['JSON that breaks off', '{"headers":', 'JSON'],
    ['a body that was parsed', '{"headers":{},"body":{"a":1}}', 'the text as it came'],
    ['base64 that is none', '{"headers":{},"bodyBase64":"%"}', 'bodyBase64'],
    ['nothing', '', 'no empty line'],
  ])('%s', (_name, text, detail) => {
    expect(readDelivery(Buffer.from(text))).toMatchObject({
      ok: false,
      error: { kind: 'input', detail: expect.stringContaining(detail) },
    });
  });

  test.each(['-15', '-2', '+2', '0x2', '2 2', '1e1z', '', '123456789'])(
    'a chunk of length "%s"',
    (length) => {
      const chunked = `A: b\r\nTransfer-Encoding: chunked\r\n\r\n${length}\r\n{}\r\n0\r\n\r\n`;
      expect(readDelivery(Buffer.from(chunked))).toMatchObject({
        ok: false,
        error: { kind: 'input', detail: `This is no length of a chunk: ${length}` },
      });
    },
  );

  test('a file that is not there', async () => {
    expect(await readDeliveryFile('/nowhere/at/all')).toMatchObject({ error: { kind: 'storage' } });
  });
});
