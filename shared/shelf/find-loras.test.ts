import { expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import type { Run, RunMedia } from '../runs/run.ts';
import { findLoras, hasTrigger, withTrigger } from './find-loras.ts';

const SHA = 'ab'.repeat(32);
const stored = (
  property: string,
  fileName: string,
  url = `https://v3.fal.media/files/${fileName}`,
): RunMedia => ({
  kind: 'stored',
  path: [property],
  medium: 'file',
  sha256: SHA,
  contentType: 'application/octet-stream',
  bytes: 9,
  width: null,
  height: null,
  fileName,
  url,
});
const times = {
  created: new Date(2026, 2, 4).getTime(),
  submitted: null,
  queued: null,
  started: null,
  ended: null,
};
const trained = (media: RunMedia[], over: Partial<Run> = {}) => ({
  id: 7,
  endpointId: 'fal-ai/flux-lora-fast-training',
  input: { images_data_url: 'https://x.test/a.zip', trigger_word: ' OHWX ' },
  media,
  times: { ...times, inferenceSeconds: null },
  state: { kind: 'succeeded' } as const,
  ...over,
});

test('a training’s weights, with the word that wakes them; its settings are none', () => {
  const run = trained([
    stored('diffusers_lora_file', 'pytorch_lora_weights.safetensors'),
    stored('config_file', 'config.json'),
  ]);
  expect(findLoras(run)).toEqual([
    {
      id: 'run:7:diffusers_lora_file',
      name: 'OHWX',
      path: 'https://v3.fal.media/files/pytorch_lora_weights.safetensors',
      triggerWord: 'OHWX',
    },
  ]);
});

test('without a word they are called by their own name, or by their model and day', () => {
  const input = {};
  const named = (fileName: string) => findLoras(trained([stored('lora_file', fileName)], { input }))[0]?.name;
  expect(named('my-cat.safetensors')).toBe('my-cat');
  expect(named('pytorch_lora_weights.safetensors')).toBe('flux-lora-fast-training 2026-03-04');
});

test('weights too large to be copied here are known by their address, those without one by their hash', () => {
  const remote: RunMedia = {
    kind: 'remote',
    path: ['lora_file'],
    medium: 'file',
    url: 'https://x.test/big.safetensors?sig=1',
    error: appError('storage', 'Too large'),
  };
  expect(findLoras(trained([remote]))[0]?.path).toBe(remote.url);
  expect(findLoras(trained([stored('lora_file', 'a.safetensors', '')]))[0]?.path).toBe(`media:${SHA}`);
});

test('what was given, what is no file, and what a model that trains nothing makes are left alone', () => {
  const url = 'https://x.test/mine.safetensors';
  const image: RunMedia = { ...stored('lora_preview', 'a.png'), medium: 'image' };
  expect(
    findLoras(trained([stored('lora_file', 'a.safetensors', url)], { input: { loras: [{ path: url }] } })),
  ).toEqual([]);
  expect(findLoras(trained([image]))).toEqual([]);
  expect(findLoras(trained([stored('weights', 'a.safetensors')], { endpointId: 'acme/bird' }))).toEqual([]);
  expect(findLoras(trained([stored('weights', 'a.safetensors')]))).toHaveLength(1);
  const failed = trained([stored('lora_file', 'a.safetensors')], { state: { kind: 'submitting' } });
  expect(findLoras(failed)).toEqual([]);
});

test('several of one training are told apart', () => {
  const run = trained([stored('high_lora_file', 'a.safetensors'), stored('low_lora_file', 'b.safetensors')]);
  expect(findLoras(run).map(({ name }) => name)).toEqual(['OHWX 1', 'OHWX 2']);
});

test('a long word leaves room for the number, a long address is no way to name weights that are kept here', () => {
  const url = `https://x.test/a.safetensors?sig=${'s'.repeat(2000)}`;
  const run = trained(
    [stored('high_lora_file', 'a.safetensors', url), stored('low_lora_file', 'b.safetensors')],
    {
      input: { trigger_phrase: 'w'.repeat(90) },
    },
  );
  expect(findLoras(run).map(({ name, path }) => [name, path])).toEqual([
    [`${'w'.repeat(78)} 1`, `media:${SHA}`],
    [`${'w'.repeat(78)} 2`, 'https://v3.fal.media/files/b.safetensors'],
  ]);
});

test('the word goes before the prompt, once', () => {
  expect(withTrigger('a cat', 'OHWX')).toBe('OHWX, a cat');
  expect(withTrigger('an ohwx cat', 'OHWX')).toBe('an ohwx cat');
  expect(withTrigger(' ', 'OHWX')).toBe('OHWX');
  expect([hasTrigger('a cat', 'OHWX'), hasTrigger('Ohwx!', 'ohwx')]).toEqual([false, true]);
});
