import { describe, expect, it } from 'vitest';
import { mediaReference } from '../../shared/media/reference.ts';
import { filesNamed } from './input-pictures.ts';

const sha = (digit: string): string => digit.repeat(64);

describe('filesNamed', () => {
  it('finds the files of this computer wherever they stand, under their property’s name, each once', () => {
    expect(
      filesNamed({
        prompt: `media:${'z'.repeat(64)}`,
        image_url: mediaReference(sha('a')),
        image_urls: [mediaReference(sha('b')), mediaReference(sha('a')), mediaReference(sha('c'))],
        controlnets: [{ control_image_url: mediaReference(sha('d')) }],
        end_image_url: 'https://x.test/1.png',
      }),
    ).toEqual([
      { sha256: sha('a'), label: 'Image URL' },
      { sha256: sha('b'), label: 'Image URLs 1' },
      { sha256: sha('c'), label: 'Image URLs 3' },
      { sha256: sha('d'), label: 'Control image URL 1' },
    ]);
  });

  it('leaves masks out: nobody compares with them', () => {
    expect(filesNamed({ mask_url: mediaReference(sha('a')), image_mask: mediaReference(sha('b')) })).toEqual(
      [],
    );
  });
});
