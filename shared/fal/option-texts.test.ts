import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TEXTS, readOptions, textsOf } from './option-texts.ts';
import type { OptionPlace, OptionTexts } from './option-texts.ts';
import { requestOptionsSchema } from './request-options.ts';
import type { RequestOptions } from './request-options.ts';

const read = (texts: Partial<OptionTexts>) => readOptions({ ...NO_TEXTS, ...texts });
const problemOf = (texts: Partial<OptionTexts>, place: OptionPlace) => read(texts).problems.get(place);

const ALL: RequestOptions = {
  path: 'image-to-image/v2',
  priority: 'low',
  hint: 'night',
  startTimeout: 1.5,
  timeout: 90,
  stallTimeout: 20,
  noRetry: true,
  retryConfig: { timeout: { retries: 0 }, server_error: { retries: 3 }, connection_error: { retries: 10 } },
  storeIo: false,
  lifecycle: { expiresIn: '7d', initialAcl: { default: 'forbid' } },
  disableFallback: true,
  headers: { 'x-team': 'birds' },
  webhookUrl: 'https://example.com/done?a=b',
  maxQueueLength: 0,
};

test('every option there is can be written, and is read back as it was', () => {
  expect(Object.keys(ALL).toSorted()).toEqual(Object.keys(requestOptionsSchema.shape).toSorted());
  const { options, problems } = readOptions(textsOf(ALL));
  expect(options).toEqual(ALL);
  expect(problems.size).toBe(0);
});

test('nothing written asks for nothing', () => {
  expect(readOptions(NO_TEXTS)).toEqual({ options: {}, problems: new Map() });
  expect(textsOf({})).toEqual(NO_TEXTS);
});

test.each<[Partial<OptionTexts>, OptionPlace, string]>([
  [{ path: '../admin' }, 'path', 'Names and slashes'],
  [{ path: 'a?b=c' }, 'path', 'Names and slashes'],
  [{ hint: 'nächtlich 🌙' }, 'hint', 'cannot carry'],
  [{ startTimeout: '1' }, 'startTimeout', 'above 1'],
  [{ timeout: '0' }, 'timeout', 'above 0'],
  [{ timeout: '1e3' }, 'timeout', 'above 0'],
  [{ stallTimeout: '9999999' }, 'stallTimeout', 'above 0'],
  [{ retryTimeout: '11' }, 'retryTimeout', '0 to 10'],
  [{ maxQueueLength: '-1' }, 'maxQueueLength', 'whole number'],
  [{ maxQueueLength: '2.5' }, 'maxQueueLength', 'whole number'],
  [{ webhookUrl: 'example.com' }, 'webhookUrl', 'web address'],
  [{ webhookUrl: 'file:///etc/passwd' }, 'webhookUrl', 'web address'],
  [{ webhookUrl: 'https://me:secret@example.com/' }, 'webhookUrl', 'web address'],
  [{ webhookUrl: 'https://1.2.3.999/' }, 'webhookUrl', 'web address'],
  [{ webhookUrl: 'https://example.com:99999/' }, 'webhookUrl', 'web address'],
  [{ headers: [{ name: '', value: 'x' }] }, 'headers/0', 'name is needed'],
  [{ headers: [{ name: 'a b', value: 'x' }] }, 'headers/0', 'No name of a header'],
  [{ headers: [{ name: 'Authorization', value: 'x' }] }, 'headers/0', 'belongs to the connection'],
  [{ headers: [{ name: 'X-Fal-Store-IO', value: '0' }] }, 'headers/0', '“Keep nothing at fal”'],
  [{ headers: [{ name: 'x-a', value: 'line\nbreak' }] }, 'headers/0', 'cannot carry'],
])('%j is refused in words', (texts, place, words) => {
  expect(problemOf(texts, place)).toContain(words);
});

test('of two headers of one name the second is refused, and the first is sent', () => {
  const headers = [
    { name: 'X-Team', value: 'birds' },
    { name: 'x-team', value: 'bees' },
  ];
  const { options, problems } = read({ headers });
  expect([...problems.keys()]).toEqual(['headers/1']);
  expect(options.headers).toEqual({ 'x-team': 'birds' });
});

test('a row that is still empty asks for nothing and is no mistake', () => {
  expect(read({ headers: [{ name: ' ', value: '' }] })).toEqual({ options: {}, problems: new Map() });
});

test('whatever is written, what is read of it may be sent', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.double().map(String), fc.webUrl());
  const texts: fc.Arbitrary<OptionTexts> = fc.record({
    path: text,
    priority: fc.constantFrom('', 'normal', 'low'),
    hint: text,
    startTimeout: text,
    timeout: text,
    stallTimeout: text,
    noRetry: fc.boolean(),
    retryTimeout: text,
    retryServerError: text,
    retryConnectionError: text,
    disableFallback: fc.boolean(),
    maxQueueLength: text,
    storeIoOff: fc.boolean(),
    keepFiles: text,
    readers: fc.constantFrom('', 'allow', 'hide', 'forbid'),
    webhookUrl: text,
    headers: fc.array(fc.record({ name: text, value: text })),
  });
  fc.assert(
    fc.property(texts, (written) => {
      const { options } = readOptions(written);
      expect(requestOptionsSchema.safeParse(options)).toMatchObject({ success: true });
      expect(readOptions(textsOf(options))).toEqual({ options, problems: new Map() });
    }),
    { numRuns: 50 },
  );
});
