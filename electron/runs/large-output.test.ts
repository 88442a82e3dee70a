import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail } from '../../shared/result.ts';
import { model, serve, startFal, value } from '../fal/fal.fixture.ts';
import { isLarge } from './large-output.ts';
import { stage } from './runs.fixture.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const MB = 2 ** 20;

test.each([
  ['a', 4, false],
  ['x'.repeat(5), 4, true],
  [[1, 2], 16, true],
  [[1, 2], 24, false],
  [{ name: null }, 20, false],
  [{ name: null }, 19, true],
  [[['x'.repeat(40)], { a: 'y' }], 60, true],
] as const)('%j is longer than %i: %s', (output, most, expected) => {
  expect(isLarge(output, most)).toBe(expected);
});

describe('an output that is too large for a row', () => {
  test('of 50 MB of JSON is kept whole as a file, and that is said', async () => {
    const text = JSON.stringify({ mask: 'x'.repeat(50 * MB), seed: 1 });
    const server = await serve((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(text),
    );
    const on = await stage(server.hosts);
    const { id } = value(await on.service.start('acme/bird', {}, { method: 'direct' }));
    const run = await on.over(id);
    expect(run).toMatchObject({
      state: { kind: 'succeeded' },
      output: null,
      media: [{ kind: 'stored', medium: 'file', fileName: 'output.json', bytes: text.length, url: '' }],
    });
    const [file] = run.media;
    const kept = await readFile(on.store.pathOf(file?.kind === 'stored' ? file.sha256 : ''), 'utf8');
    expect(kept === text).toBe(true);
    expect(on.notices).toEqual([expect.stringContaining('51 MB of JSON')]);
    expect(on.told.every(({ run: told }) => !isLarge(told.output))).toBe(true);
  }, 60_000);

  test('because of pictures in it has them as files, and the rest as it is', async () => {
    const picture = Buffer.concat([PNG, Buffer.alloc(5 * MB, 7)]).toString('base64');
    const fal = await startFal({
      extraModels: [
        model('acme/bird', () => ({ image: { url: `data:image/png;base64,${picture}` }, seed: 5 })),
      ],
    });
    const on = await stage(fal.hosts);
    const { id } = value(await on.service.start('acme/bird', {}));
    const run = await on.over(id);
    const [file] = run.media;
    expect(file).toMatchObject({ kind: 'stored', medium: 'image', bytes: 5 * MB + PNG.length });
    expect(run.output).toEqual({
      image: { url: `media:${file?.kind === 'stored' ? file.sha256 : ''}` },
      seed: 5,
    });
    expect(on.notices).toEqual([]);
    expect(on.told.every(({ run: told }) => !isLarge(told.output))).toBe(true);
  }, 60_000);

  test('and finds no room on the disk fails in words that say what to do', async () => {
    const fal = await startFal({ extraModels: [model('acme/bird', () => ({ mask: 'x'.repeat(5 * MB) }))] });
    const on = await stage(fal.hosts, {
      media: { fetch: () => Promise.resolve(fail(appError('storage', 'The disk is full'))) },
    });
    const { id } = value(await on.service.start('acme/bird', {}));
    const run = await on.over(id);
    expect(run.state).toMatchObject({
      kind: 'failed',
      error: { kind: 'storage', requestId: run.requestId, hint: expect.stringContaining('attach') },
    });
  }, 60_000);
});
