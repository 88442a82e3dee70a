import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { LONG } from '../../playwright.config.ts';
import { loadSchemaModels } from '../local-fal/index.ts';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { chooseTheme, expectClean } from './clean.ts';
import { FileInput, PICTURE } from './file-input.ts';
import { recorded } from './nested-model.ts';
import type { Recorded } from './nested-model.ts';
import { drawOnMask, pictureFile } from './picture.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas } from './real-schemas.ts';

/**
 * Models by the documents fal has for them: found, filled by a person, run, and what was seen is what the model was asked.
 * The choice of 1,287 is in fields.spec.ts, flux-general by keyboard in nested-fields.spec.ts.
 */

interface Ready extends Opened {
  /** What the model of this id was asked last. */
  readonly asked: (endpointId: string) => unknown;
}

const AN_ADDRESS: unknown = expect.stringMatching(/^https?:\/\/.+\/cdn\//);

const real = test.extend<{ openReal: (theme: 'Dark' | 'Light') => Promise<Ready> }>({
  openReal: async ({ launch, startFal }, use) => {
    await use(async (theme) => {
      const all = (await loadSchemaModels(SCHEMAS)).map((model): Recorded => recorded(model));
      const fal = await startFal({ extraModels: all.map(({ model }) => model), pace: 0 });
      const opened = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
      await opened.ui.go('Settings');
      await chooseTheme(opened.page, theme);
      await opened.ui.go('Playground');
      const asked = (endpointId: string): unknown =>
        all.find(({ model }) => model.endpointId === endpointId)?.inputs.at(-1);
      return { ...opened, asked };
    });
  },
});

/** The model's form, with all its fields in sight, clean for axe. */
async function open({ ui, page }: Ready, query: string, endpointId: string): Promise<Locator> {
  await ui.pickModel(query, endpointId);
  await ui.requestView('Form');
  await expect(ui.request.locator('[data-field]').first()).toBeVisible();
  const more = ui.request.getByRole('button', { name: /^\d+ more/ });
  if ((await more.count()) > 0) await more.click();
  await expectClean(page, endpointId);
  return ui.request;
}

/** From a list that opens. */
async function choose({ ui, page }: Ready, field: string, option: string | RegExp): Promise<void> {
  await ui.request.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** By the key that goes from control to control, and no other way. */
async function tabTo({ page }: Opened, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let i = 0; i < 60; i += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

/** With Ctrl+K, the words and Enter. */
async function findByKeys({ page }: Opened, words: string, endpointId: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Find a model' })).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('option').first()).toContainText(endpointId);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: endpointId }).first()).toBeVisible();
}

async function runIt(ready: Ready, endpointId: string): Promise<unknown> {
  await ready.page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => ready.asked(endpointId)).toBeDefined();
  await ready.ui.done();
  return ready.asked(endpointId);
}

real('flux/dev and elevenlabs/music, from Ctrl+K to Ctrl+Enter without a mouse', async ({ openReal }) => {
  test.skip(!haveSchemas, WHY_SKIPPED);
  const ready = await openReal('Dark');
  const { ui, page } = ready;
  const { request } = ui;
  const { keyboard } = page;

  await test.step('fal-ai/flux/dev', async () => {
    await findByKeys(ready, 'flux dev', 'fal-ai/flux/dev');
    await tabTo(ready, request.getByRole('textbox', { name: /^Prompt/ }));
    await keyboard.type('a wren on a fence post');
    await tabTo(ready, request.getByRole('combobox', { name: 'Image size' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('option', { name: /^Square HD/ })).toBeVisible();
    await keyboard.type('Square H');
    await keyboard.press('Enter');
    await tabTo(ready, request.getByRole('textbox', { name: 'Num inference steps' }));
    await keyboard.press('ArrowUp');
    await tabTo(ready, request.getByRole('button', { name: /^\d+ more/ }));
    await keyboard.press('Enter');
    await tabTo(ready, request.getByRole('switch', { name: 'Enable safety checker' }));
    await keyboard.press('Space');
    await expectClean(page, 'fal-ai/flux/dev');
    expect(await runIt(ready, 'fal-ai/flux/dev')).toEqual({
      prompt: 'a wren on a fence post',
      image_size: 'square_hd',
      num_inference_steps: 29,
      enable_safety_checker: false,
    });
  });

  await test.step('fal-ai/elevenlabs/music', async () => {
    await findByKeys(ready, 'elevenlabs music', 'fal-ai/elevenlabs/music');
    await tabTo(ready, request.getByRole('textbox', { name: /^Prompt/ }));
    await keyboard.type('a slow waltz');
    await tabTo(ready, request.getByRole('textbox', { name: 'Music length ms' }));
    await keyboard.type('12000');
    await tabTo(ready, request.getByRole('switch', { name: 'Force instrumental' }));
    await keyboard.press('Space');
    await tabTo(ready, request.getByRole('combobox', { name: 'Output format' }));
    await keyboard.press('Enter');
    await keyboard.type('opus');
    await expect(page.getByRole('option').first()).toHaveText(/^opus/);
    await keyboard.press('Enter');
    await expectClean(page, 'fal-ai/elevenlabs/music');
    expect(await runIt(ready, 'fal-ai/elevenlabs/music')).toEqual({
      prompt: 'a slow waltz',
      music_length_ms: 12_000,
      force_instrumental: true,
      output_format: expect.stringMatching(/^opus/),
    });
  });
});

real(
  'flux-general, ideogram/v3, a plan for music and bria/eraser: lists, sizes, files and a mask',
  async ({ openReal, dataDir }) => {
    test.skip(!haveSchemas, WHY_SKIPPED);
    test.setTimeout(120_000);
    const ready = await openReal('Light');
    const { ui, page } = ready;

    await test.step('fal-ai/flux-general', async () => {
      const request = await open(ready, 'flux general', 'fal-ai/flux-general');
      await ui.prompt.fill('a heron');
      await choose(ready, 'Image size', /^Portrait 4:3/);
      await new FileInput(ui, 'Reference image').url.fill('https://example.com/reference.png');
      await request
        .getByRole('group', { name: 'Scheduler' })
        .getByRole('button', { name: 'dpmpp_2m' })
        .click();
      await request.getByRole('textbox', { name: 'Negative prompt' }).fill('rain');
      expect(await runIt(ready, 'fal-ai/flux-general')).toEqual({
        prompt: 'a heron',
        image_size: 'portrait_4_3',
        reference_image_url: 'https://example.com/reference.png',
        scheduler: 'dpmpp_2m',
        negative_prompt: 'rain',
      });
    });

    await test.step('fal-ai/ideogram/v3', async () => {
      const request = await open(ready, 'ideogram v3', 'fal-ai/ideogram/v3');
      await request.getByRole('textbox', { name: /^Prompt/ }).fill('a sign that says WREN');
      await request
        .getByRole('group', { name: 'Rendering speed' })
        .getByRole('button', { name: 'QUALITY' })
        .click();
      await choose(ready, 'Style preset', 'ART_DECO');
      await request.getByRole('textbox', { name: 'Num images' }).fill('2');
      await request.getByLabel('Choose files for Images').setInputFiles([PICTURE]);
      await new FileInput(ui, 'Image 1').shows(ui, 'icon.png', 1024);
      expect(await runIt(ready, 'fal-ai/ideogram/v3')).toEqual({
        prompt: 'a sign that says WREN',
        rendering_speed: 'QUALITY',
        style_preset: 'ART_DECO',
        num_images: 2,
        image_urls: [AN_ADDRESS],
      });
    });

    await test.step('fal-ai/elevenlabs/music, by a plan', async () => {
      const request = await open(ready, 'elevenlabs music', 'fal-ai/elevenlabs/music');
      await request.getByRole('switch', { name: 'Use Composition plan' }).click();
      await request.getByRole('button', { name: 'Add section' }).click();
      await request.getByRole('textbox', { name: /^Section name/ }).fill('Intro');
      await request.getByRole('textbox', { name: /^Duration ms/ }).fill('4000');
      const section = {
        section_name: 'Intro',
        duration_ms: 4000,
        lines: [],
        positive_local_styles: [],
        negative_local_styles: [],
      };
      expect(await runIt(ready, 'fal-ai/elevenlabs/music')).toEqual({
        composition_plan: { positive_global_styles: [], negative_global_styles: [], sections: [section] },
      });
    });

    await test.step('fal-ai/bria/eraser', async () => {
      const request = await open(ready, 'bria eraser', 'fal-ai/bria/eraser');
      await new FileInput(ui, 'Image').chooser.setInputFiles(await pictureFile(dataDir, 320, 200));
      await request.getByRole('button', { name: 'Draw a mask' }).click();
      await drawOnMask(ui, [0.2, 0.2], [0.8, 0.8]);
      await page.getByRole('button', { name: 'Use this mask' }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await request.getByRole('switch', { name: 'Preserve alpha' }).click();
      expect(await runIt(ready, 'fal-ai/bria/eraser')).toEqual({
        image_url: AN_ADDRESS,
        mask_url: AN_ADDRESS,
        preserve_alpha: true,
      });
    });
  },
);

real(
  'an avatar, a first and a last frame, an archive to train on, and a ref that leads nowhere',
  { tag: LONG },
  async ({ openReal, dataDir }) => {
    test.skip(!haveSchemas, WHY_SKIPPED);
    test.setTimeout(120_000);
    const ready = await openReal('Dark');
    const { ui, page } = ready;

    await test.step('fal-ai/heygen/v3/video-agent', async () => {
      const request = await open(ready, 'heygen video agent', 'fal-ai/heygen/v3/video-agent');
      await ui.prompt.fill('Say good morning.');
      await request.getByRole('combobox', { name: 'Avatar' }).click();
      await page.getByRole('combobox', { name: 'Find in Avatar' }).fill('abigail office front');
      await page.getByRole('option', { name: 'Abigail Office Front', exact: true }).click();
      await request
        .getByRole('group', { name: 'Orientation' })
        .getByRole('button', { name: 'Portrait' })
        .click();
      expect(await runIt(ready, 'fal-ai/heygen/v3/video-agent')).toEqual({
        prompt: 'Say good morning.',
        avatar: 'Abigail Office Front',
        orientation: 'portrait',
      });
    });

    await test.step('fal-ai/vidu/q2/image-to-video/pro', async () => {
      const id = 'fal-ai/vidu/q2/image-to-video/pro';
      const request = await open(ready, 'vidu q2 image to video pro', id);
      await ui.prompt.fill('the wren takes off');
      await new FileInput(ui, 'Image').chooser.setInputFiles(PICTURE);
      await new FileInput(ui, 'Image').shows(ui, 'icon.png', 1024);
      await new FileInput(ui, 'End image').url.fill('https://example.com/last.png');
      await choose(ready, 'Duration', '8');
      await request.getByRole('group', { name: 'Resolution' }).getByRole('button', { name: '1080p' }).click();
      await choose(ready, 'Movement amplitude', 'Large');
      expect(await runIt(ready, id)).toEqual({
        prompt: 'the wren takes off',
        image_url: AN_ADDRESS,
        end_image_url: 'https://example.com/last.png',
        duration: 8,
        resolution: '1080p',
        movement_amplitude: 'large',
      });
    });

    await test.step('fal-ai/flux-lora-portrait-trainer', async () => {
      const id = 'fal-ai/flux-lora-portrait-trainer';
      const request = await open(ready, 'flux lora portrait trainer', id);
      const archive = join(dataDir, 'wrens.zip');
      // An archive of no files: the mark of its end is all there is of it.
      await writeFile(archive, Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]));
      const images = new FileInput(ui, 'Images data');
      await images.chooser.setInputFiles(archive);
      await expect(images.row.getByText('wrens.zip', { exact: true })).toBeVisible();
      await request.getByRole('textbox', { name: 'Steps' }).fill('1200');
      await request.getByRole('textbox', { name: 'Trigger phrase' }).fill('WREN');
      await request.getByRole('textbox', { name: 'Learning rate' }).fill('0.0002');
      await request.getByRole('switch', { name: 'Create masks' }).click();
      expect(await runIt(ready, id)).toEqual({
        images_data_url: AN_ADDRESS,
        steps: 1200,
        trigger_phrase: 'WREN',
        learning_rate: 0.0002,
        create_masks: true,
      });
    });

    await test.step('fal-ai/wan-move, whose points are described nowhere', async () => {
      const request = await open(ready, 'wan move', 'fal-ai/wan-move');
      await new FileInput(ui, 'Image').url.fill('https://example.com/ring.png');
      await request.getByRole('textbox', { name: /^Prompt/ }).fill('a punch');
      const points = request.getByRole('textbox', { name: 'Trajectories' });
      await points.fill('[[{"x": 1, "y": 2}, {"x"');
      await ui.run();
      const trajectories = request.locator('[data-field="trajectories"]');
      await expect(trajectories.getByText(/^Not used yet: /)).toBeVisible();
      await expect(trajectories.getByText(/cannot be read yet/)).toHaveCount(0);
      await expect(trajectories.getByText('Trajectories are needed')).toHaveCount(0);
      expect(ready.asked('fal-ai/wan-move')).toBeUndefined();
      await points.fill('[[{"x": 1, "y": 2}, {"x": 3, "y": 4}]]');
      expect(await runIt(ready, 'fal-ai/wan-move')).toEqual({
        image_url: 'https://example.com/ring.png',
        prompt: 'a punch',
        trajectories: [
          [
            { x: 1, y: 2 },
            { x: 3, y: 4 },
          ],
        ],
      });
    });
  },
);
