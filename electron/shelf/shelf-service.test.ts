import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { Lora } from '../../shared/ipc/shelf.ts';
import type { Run } from '../../shared/runs/run.ts';
import { aRun, tempHistory } from '../history/history.fixture.ts';
import { ShelfService } from './shelf-service.ts';

async function setUp() {
  const { history } = await tempHistory();
  const told: Lora[][] = [];
  const open = (): ShelfService => new ShelfService({ history, changed: (loras) => told.push(loras) });
  return { history, told, open, shelf: open() };
}

const byHand: Lora = {
  id: 'hand:1',
  name: 'ink',
  path: 'https://x.test/ink.safetensors',
  triggerWord: '',
  scale: 0.8,
  from: null,
};

const training = (id: number): Run =>
  aRun(id, {
    endpointId: 'acme/trainer',
    input: { trigger_word: 'OHWX' },
    state: { kind: 'succeeded' },
    media: [
      {
        kind: 'stored',
        path: ['diffusers_lora_file'],
        medium: 'file',
        sha256: 'ab'.repeat(32),
        contentType: 'application/octet-stream',
        bytes: 9,
        width: null,
        height: null,
        fileName: 'pytorch_lora_weights.safetensors',
        url: `https://x.test/${id}.safetensors`,
      },
    ],
  });

test('a training that ended stands on the shelf, once however often it is told of', async () => {
  const { shelf, told, open } = await setUp();
  await Promise.all([shelf.hear(training(1)), shelf.hear(training(2)), shelf.hear(training(1))]);
  await open().hear(training(2));
  expect(
    (await open().list()).map(({ name, path, scale, from }) => [name, path, scale, from?.runId]),
  ).toEqual([
    ['OHWX', 'https://x.test/2.safetensors', 1, 2],
    ['OHWX', 'https://x.test/1.safetensors', 1, 1],
  ]);
  expect(told).toHaveLength(2);
});

test('what was taken down does not come back by itself, and can be put back', async () => {
  const { shelf } = await setUp();
  await shelf.hear(training(1));
  const [lora] = await shelf.list();
  await shelf.remove(lora?.id ?? '');
  await shelf.hear(training(1));
  expect(await shelf.list()).toEqual([]);
  if (lora !== undefined) await shelf.put(lora);
  expect(await shelf.list()).toEqual([lora]);
});

test('one is added by hand, and renamed where it stands', async () => {
  const { shelf } = await setUp();
  await shelf.put(byHand);
  await shelf.hear(training(1));
  expect(await shelf.put({ ...byHand, name: 'pencil', triggerWord: 'inky' })).toMatchObject({
    ok: true,
    value: [{ name: 'OHWX' }, { id: 'hand:1', name: 'pencil', triggerWord: 'inky' }],
  });
});

test('what was told of once is there the next time, and weights that no shelf can hold wait until it can', async () => {
  const { shelf, told, open } = await setUp();
  const [weights] = training(1).media;
  if (weights?.kind !== 'stored') throw new Error('no weights');
  const two = { ...training(1), input: { trigger_phrase: 'w'.repeat(90) } };
  await shelf.hear({
    ...two,
    media: [weights, { ...weights, path: ['second_lora_file'], url: 'https://x.test/b.safetensors' }],
  });
  expect(told).toHaveLength(1);
  expect(await open().list()).toEqual(told[0]);
  const { path, medium, url: own } = weights;
  const url = `${own}?sig=${'s'.repeat(2000)}`;
  const away = { kind: 'remote', path, medium, url, error: appError('network', 'Away') } as const;
  await shelf.hear({ ...training(2), media: [away] });
  expect(told).toHaveLength(1);
  await shelf.hear({ ...training(2), media: [{ ...weights, url }] });
  expect((await open().list()).map((lora) => lora.path)).toContain(`media:${weights.sha256}`);
});

test('a full shelf says so, and keeps what it has', async () => {
  const { history, shelf } = await setUp();
  const loras = Array.from({ length: 1000 }, (_, n) => ({ ...byHand, id: `hand:${n}` }));
  await history.keep('shelf:loras', { loras, seen: [] }, 1);
  expect(await shelf.put({ ...byHand, id: 'one more' })).toMatchObject({
    ok: false,
    error: { kind: 'input' },
  });
  await shelf.hear(training(1));
  expect(await shelf.list()).toHaveLength(1000);
});

test('a row that only a newer version reads is kept, and takes no other with it', async () => {
  const { history, shelf } = await setUp();
  const newer = { id: 'hand:2', kind: 'adapter' };
  await history.keep('shelf:loras', { loras: [newer, { ...byHand }], seen: [] }, 1);
  expect(await shelf.list()).toEqual([byHand]);
  await shelf.remove(byHand.id);
  expect((await history.kept('shelf:loras'))?.value).toEqual({ loras: [newer], seen: [] });
});
