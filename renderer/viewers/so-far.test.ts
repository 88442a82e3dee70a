import { describe, expect, it } from 'vitest';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { soFarOf } from './so-far.ts';

const picture = (n: number): StoredMedia => ({
  kind: 'stored',
  path: ['images', n],
  medium: 'image',
  sha256: String(n).repeat(64),
  contentType: 'image/png',
  bytes: 3,
  width: null,
  height: null,
  fileName: 'a.png',
  url: '',
});

describe('soFarOf', () => {
  it('knows which of its pictures the model marked as not for every eye', () =>
    expect(
      soFarOf({
        media: [picture(0), picture(1)],
        output: { images: ['', ''], has_nsfw_concepts: [false, true] },
      }),
    ).toEqual({
      kind: 'pictures',
      pictures: [
        { src: `/media/${'0'.repeat(64)}`, flagged: false },
        { src: `/media/${'1'.repeat(64)}`, flagged: true },
      ],
    }));

  it('is the answer of a chat model, and not what names it', () => {
    const chat = (content: string) =>
      soFarOf({
        media: [],
        output: {
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          model: 'acme/talker',
          choices: [{ index: 0, message: { role: 'assistant', content } }],
        },
      });
    expect(chat('A wren is')).toEqual({ kind: 'texts', texts: [['content', 'A wren is']] });
    expect(chat('')).toBeNull();
  });

  it('is the text at the top of an output, and nothing where it only tells how far it is', () => {
    const of = (output: Parameters<typeof soFarOf>[0]['output']) => soFarOf({ media: [], output });
    expect(of({ output: 'A wren', partial: true })).toEqual({ kind: 'texts', texts: [['output', 'A wren']] });
    expect(of({ progress: 0.5, request_id: 'abc' })).toBeNull();
  });
});
