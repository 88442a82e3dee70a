import { describe, expect, it } from 'vitest';
import { soFarOf } from './so-far.ts';

describe('soFarOf', () => {
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
