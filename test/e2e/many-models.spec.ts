import { LONG } from '../../playwright.config.ts';
import { expect, test } from './app.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas, smallestInput } from './real-schemas.ts';

/** One of each kind of input and output; `npm run soak -- --only e2e` goes through one of every category. */
const SOME = [
  ['image-to-video', 'fal-ai/sora-2/image-to-video'],
  ['text-to-audio', 'fal-ai/minimax-music/v2'],
  ['speech-to-text', 'fal-ai/whisper'],
  ['text-to-3d', 'fal-ai/meshy/v6/text-to-3d'],
  ['training', 'fal-ai/flux-lora-portrait-trainer'],
  ['llm', 'openrouter/router'],
] as const;
const OTHERS = [
  ['text-to-image', 'fal-ai/recraft/v3/text-to-image'],
  ['text-to-image', 'fal-ai/flux-general'],
  ['image-to-image', 'fal-ai/flux-kontext/dev'],
  ['text-to-video', 'fal-ai/veo3.1'],
  ['video-to-video', 'fal-ai/sync-lipsync/v3'],
  ['audio-to-video', 'fal-ai/creatify/aurora'],
  ['text-to-speech', 'fal-ai/chatterbox/text-to-speech'],
  ['speech-to-speech', 'fal-ai/chatterbox/speech-to-speech'],
  ['audio-to-audio', 'fal-ai/demucs'],
  ['video-to-audio', 'mirelo-ai/sfx-v1/video-to-audio'],
  ['image-to-3d', 'tripo3d/h3.1/image-to-3d'],
  ['3d-to-3d', 'fal-ai/meshy/v5/remesh'],
  ['vision', 'fal-ai/florence-2-large/detailed-caption'],
  ['json', 'fal-ai/ffmpeg-api/waveform'],
] as const;

for (const [name, models, tag] of [
  ['six models of different categories', SOME, []],
  ['models of every other category', OTHERS, [LONG]],
] as const)
  test(
    `${name} open a form, run and show what they made`,
    { tag: [...tag] },
    async ({ launch, startFal }) => {
      test.skip(!haveSchemas, WHY_SKIPPED);
      test.setTimeout(180_000);
      const fal = await startFal({ schemas: SCHEMAS, pace: 0 });
      const { ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
      for (const [category, endpointId] of models) {
        await test.step(`${category}: ${endpointId}`, async () => {
          await ui.pickModel(endpointId, endpointId);
          await ui.requestView('Form');
          const input = smallestInput(endpointId);
          for (const name of Object.keys(input))
            await expect(ui.request.locator(`[data-field="${name}"]`)).toHaveCount(1);
          await ui.writeJson(input);
          await ui.run();
          await ui.done();
          await ui.tab('JSON');
          await expect(ui.tree.getByText('Response', { exact: true })).toBeVisible();
          await ui.tab('Preview');
        });
      }
    },
  );
