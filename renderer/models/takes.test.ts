import { describe, expect, it } from 'vitest';
import { takesKind } from './takes.ts';

describe('takesKind', () => {
  it.each([
    ['image-to-image', 'image', true],
    ['image-to-3d', 'image', true],
    ['vision', 'image', true],
    ['text-to-image', 'image', false],
    ['video-to-audio', 'video', true],
    ['image-to-video', 'video', false],
    ['speech-to-text', 'audio', true],
    ['audio-to-video', 'audio', true],
    ['3d-to-3d', 'model', true],
    ['', 'image', false],
    ['training', 'file', false],
  ] as const)('%s takes %s: %s', (category, kind, wanted) => {
    expect(takesKind(category, kind)).toBe(wanted);
  });
});
