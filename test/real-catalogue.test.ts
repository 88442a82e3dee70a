import { describe, expect, it } from 'vitest';
import { findModels } from '../renderer/models/search.ts';
import { haveCatalogue, realCatalogue } from './catalogue-models.ts';

/** What a person types, and what must be among the first three. */
const QUERIES: readonly (readonly [query: string, wanted: string | RegExp])[] = [
  ['fal-ai/flux/dev', 'fal-ai/flux/dev'],
  ['flux dev', 'fal-ai/flux/dev'],
  ['fluxdev', 'fal-ai/flux/dev'],
  ['flux schnell', 'fal-ai/flux/schnell'],
  ['schnel', 'fal-ai/flux/schnell'],
  ['fluks schnell', 'fal-ai/flux/schnell'],
  ['kling 2.5 image', 'fal-ai/kling-video/v2.5-turbo/pro/image-to-video'],
  ['kling 2.5', 'fal-ai/kling-video/v2.5-turbo/pro/text-to-video'],
  ['sedream', 'fal-ai/bytedance/seedream/v4.5/text-to-image'],
  ['seedream 4.5 edit', 'fal-ai/bytedance/seedream/v4.5/edit'],
  ['whisper', 'fal-ai/wizper'],
  ['remove background', 'fal-ai/bria/background/remove'],
  ['background removal', 'bria/video/background-removal'],
  ['rembg', 'fal-ai/imageutils/rembg'],
  ['birefnet', 'fal-ai/birefnet'],
  ['tts', /tts/],
  ['gemini tts', 'fal-ai/gemini-tts'],
  ['elevenlabs tts', 'fal-ai/elevenlabs/tts/eleven-v3'],
  ['eleven labs music', 'fal-ai/elevenlabs/music'],
  ['lora trainer', /trainer/],
  ['flux 2 trainer', 'fal-ai/flux-2-trainer'],
  ['veo3', 'fal-ai/veo3'],
  ['veo 3.1 fast', 'fal-ai/veo3.1/fast'],
  ['upscale', /upscale/],
  ['clarity upscaler', 'fal-ai/clarity-upscaler'],
  ['nano banana', 'fal-ai/nano-banana'],
  ['nanobanana pro', 'fal-ai/nano-banana-pro'],
  ['nano bannana pro edit', 'fal-ai/nano-banana-pro/edit'],
  ['sora 2', 'fal-ai/sora-2/text-to-video'],
  ['sora2 image to video', 'fal-ai/sora-2/image-to-video'],
  ['gpt image 1.5', 'fal-ai/gpt-image-1.5'],
  ['ideogram v3', 'fal-ai/ideogram/v3'],
  ['ideagram', /ideogram/],
  ['recraft vector', 'fal-ai/recraft/v4/text-to-vector'],
  ['vectorize', 'fal-ai/recraft/vectorize'],
  ['hunyan3d', /hunyuan-?3d/],
  ['trellis', 'fal-ai/trellis'],
  ['lip sync v3', 'fal-ai/sync-lipsync/v3'],
  ['mmaudio', 'fal-ai/mmaudio-v2'],
  ['stable diffusion 3.5', 'fal-ai/stable-diffusion-v35-large'],
  ['minimax speech hd', 'fal-ai/minimax/speech-2.8-hd'],
  ['merge videos', 'fal-ai/ffmpeg-api/merge-videos'],
  ['moondream caption', 'fal-ai/moondream3-preview/caption'],
  ['speech to text', 'fal-ai/speech-to-text'],
  ['texttoimage ideogram v4', 'ideogram/v4'],
  ['openrouter', 'openrouter/router'],
  ['sound efects', /sound-effects/],
];

const patternOf = (wanted: string | RegExp): RegExp =>
  typeof wanted === 'string' ? new RegExp(`^${wanted.replaceAll('.', '\\.')}$`) : wanted;

describe.skipIf(!haveCatalogue)('fal’s whole catalogue (beside the project)', () => {
  const models = haveCatalogue ? realCatalogue() : [];
  it.each(QUERIES)('%s', (query, wanted) => {
    const first = findModels(models, query)
      .models.slice(0, 3)
      .map(({ endpointId }) => endpointId);
    expect(first).toEqual(expect.arrayContaining([expect.stringMatching(patternOf(wanted))]));
  });
});
