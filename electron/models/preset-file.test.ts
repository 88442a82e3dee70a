import { describe, expect, it, test } from 'vitest';
import { mediaReference } from '../../shared/media/reference.ts';
import { readPreset, writePreset } from './preset-file.ts';

const local = mediaReference('a'.repeat(64));

test('a preset comes back from its file as it was, to the last digit', () => {
  const preset = {
    endpointId: 'acme/bird',
    name: 'Dusk',
    input: { prompt: '“a”\n', seed: 12345678901234567890n },
  };
  const { text, filesLeftOut } = writePreset(preset);
  expect(filesLeftOut).toBe(0);
  expect(readPreset(text)).toEqual({ ok: true, value: preset });
});

test('files of this computer stay here, wherever they stand, and are counted', () => {
  const input = {
    image_url: local,
    mask_url: mediaReference('b'.repeat(64)),
    images: [local, 'https://a.b/c.png'],
    group: { deep: [{ url: local, scale: 1 }] },
  };
  const { text, filesLeftOut } = writePreset({ endpointId: 'acme/bird', name: 'Dusk', input });
  expect(filesLeftOut).toBe(2);
  expect(text).not.toContain('media:');
  const left = { images: ['https://a.b/c.png'], group: { deep: [{ scale: 1 }] } };
  expect(readPreset(text)).toMatchObject({ ok: true, value: { input: left } });
});

describe('a file from elsewhere', () => {
  const good = { kind: 'fal-playground-preset', version: 1, endpoint: 'acme/bird', name: 'x', input: {} };
  it.each([
    ['no JSON', 'hello'],
    ['another JSON', '{"prompt":"x"}'],
    ['a newer version', JSON.stringify({ ...good, version: 2 })],
    ['no model id', JSON.stringify({ ...good, endpoint: 'https://evil.example/x' })],
    ['an input that is no object', JSON.stringify({ ...good, input: [1] })],
    ['a name of nothing', JSON.stringify({ ...good, name: '  ' })],
  ])('%s is refused in words', (_what, text) => {
    expect(readPreset(text)).toMatchObject({ ok: false, error: { kind: 'input' } });
  });

  it('may not point at files of this computer', () => {
    const text = JSON.stringify({ ...good, input: { image_url: local, prompt: 'p' } });
    expect(readPreset(text)).toMatchObject({ ok: true, value: { input: { prompt: 'p' } } });
  });
});
