import { expect, test } from 'vitest';
import { stretches } from './highlight.ts';

const marked = (text: string, ...words: string[]): string =>
  stretches(text, words)
    .map(({ text: part, hit }) => (hit ? `[${part}]` : part))
    .join('');

test.each([
  ['FLUX.1 dev', ['flux'], '[FLUX].1 dev'],
  ['fal-ai/flux/dev', ['fluxdev'], 'fal-ai/[flux/dev]'],
  ['fal-ai/flux/dev', ['flux', 'dev', 'fluxdev'], 'fal-ai/[flux/dev]'],
  ['Kling 2.5 Turbo', ['2.5', 'kling'], '[Kling] [2.5] Turbo'],
  ['veo3.1', ['veo', '3'], '[veo3].1'],
  ['image to image', ['image'], '[image] to [image]'],
  ['Video upscaler', ['scale'], 'Video up[scale]r'],
  ['a banana', ['an'], 'a banana'],
  ['Ünïcode 🐦 bird', ['bird', 'ünï'], '[Ünï]code 🐦 [bird]'],
  ['bird', [], 'bird'],
  ['bird', ['', '/'], 'bird'],
])('%s, looking for %j', (text, words, expected) => {
  expect(marked(text, ...words)).toBe(expected);
});

test('nothing of the text is lost, whatever is looked for', () => {
  const text = 'A “quoted” İstanbul ﬁsh 🐦';
  for (const word of ['i', 'fish', 'ﬁsh', 'q', '🐦'])
    expect(
      stretches(text, [word])
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text);
});
