import { LONG } from '../../playwright.config.ts';
import type { Locator, Page } from '@playwright/test';
import { loadSchemaModels } from '../local-fal/index.ts';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { expectClean } from './clean.ts';
import { PICTURE } from './file-input.ts';
import { nestedModel, recorded } from './nested-model.ts';
import type { Playground } from './playground.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas } from './real-schemas.ts';

const place = (ui: Playground, path: string): Locator => ui.request.locator(`[data-field="${path}"]`);
const button = (ui: Playground, name: string | RegExp): Locator => ui.request.getByRole('button', { name });

interface Ready extends Opened {
  readonly inputs: readonly unknown[];
}

const nested = test.extend<{ openNested: () => Promise<Ready> }>({
  openNested: async ({ launch, startFal }, use) => {
    await use(async () => {
      const { model, inputs } = nestedModel();
      const fal = await startFal({ extraModels: [model], pace: 0 });
      const opened = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
      await opened.ui.pickModel('nested', 'test/nested');
      await opened.ui.requestView('Form');
      await opened.ui.prompt.fill('a wren');
      return { ...opened, inputs };
    });
  },
});

/** Runs the request, and answers what the model was asked. */
async function ask({ ui, inputs }: Ready): Promise<unknown> {
  const before = inputs.length;
  await ui.run();
  await expect.poll(() => inputs.length).toBeGreaterThan(before);
  return inputs.at(-1);
}

async function type(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys)
    await (key.length > 1 && /^[A-Z]/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key));
}

nested(
  'a list is written, put in order, repeated and thinned out by keyboard alone',
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui, page } = ready;
    await button(ui, 'Add tag').focus();
    await page.keyboard.press('Enter');
    await type(page, 'red');
    await expect(place(ui, 'tags/0').getByRole('textbox')).toBeFocused();
    await button(ui, 'Add tag').press('Enter');
    await type(page, 'green');
    await button(ui, 'Add tag').press('Enter');
    await type(page, 'blue');
    // The row goes up, and what is being typed in it with it.
    await type(page, 'Alt+ArrowUp', 'Alt+ArrowUp', '!');
    await expect(place(ui, 'tags/0').getByRole('textbox')).toBeFocused();
    expect(await ask(ready)).toMatchObject({ tags: ['blue!', 'red', 'green'] });

    await button(ui, 'Move or duplicate Tag 2').press('Enter');
    await page.getByRole('menuitem', { name: 'Duplicate' }).press('Enter');
    await expect(place(ui, 'tags/2').getByRole('textbox')).toBeFocused();
    await button(ui, 'Remove Tag 1').press('Enter');
    await expect(place(ui, 'tags/0').getByRole('textbox')).toBeFocused();
    expect(await ask(ready)).toMatchObject({ tags: ['red', 'red', 'green'] });

    await ui.undo.click();
    expect(await ask(ready)).toMatchObject({ tags: ['blue!', 'red', 'red', 'green'] });
  },
);

nested(
  'lines that are pasted are rows, and a row is dragged to its place',
  { tag: LONG },
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui, page } = ready;
    await button(ui, 'Add tag').click();
    await place(ui, 'tags/0')
      .getByRole('textbox')
      .evaluate((input) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', 'one\ntwo\n\nthree\n');
        input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      });
    await expect(place(ui, 'tags/2').getByRole('textbox')).toHaveValue('three');
    const grip = place(ui, 'tags').getByTitle('Drag to move').nth(2);
    const first = await place(ui, 'tags/0').boundingBox();
    if (first === null) throw new Error('no first row');
    await grip.hover();
    await page.mouse.down();
    await page.mouse.move(first.x + 10, first.y + 20);
    await page.mouse.move(first.x + 10, first.y + 2);
    await page.mouse.up();
    await expect(place(ui, 'tags/0').getByRole('textbox')).toHaveValue('three');
    expect(await ask(ready)).toMatchObject({ tags: ['three', 'one', 'two'] });
  },
);

nested(
  'weights, a group, a map, a tuple and the deepest text are sent as they are seen',
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui } = ready;
    await button(ui, 'Add LoRA').click();
    await place(ui, 'loras/0/path').getByRole('textbox').fill('owner/weights');
    await place(ui, 'loras/0/scale').getByRole('textbox').fill('0.5');
    await ui.request.getByRole('switch', { name: 'Use Voice' }).click();
    const speaker = place(ui, 'voice/speaker').getByRole('textbox');
    await speaker.fill('Ida');
    // The group stays while nothing stands in it, since someone is typing there.
    await speaker.fill('');
    await speaker.fill('Bo');
    await button(ui, 'Add entry').click();
    await button(ui, 'Remove name_1').click();
    await expect(button(ui, 'Add entry')).toBeFocused();
    await button(ui, 'Add entry').click();
    await ui.request.getByRole('textbox', { name: /^Name of/ }).fill('wren');
    await button(ui, 'Add entry').click();
    const second = ui.request.getByRole('textbox', { name: 'Name of name_2' });
    await second.fill('wren');
    await expect(place(ui, 'weights').getByText('“wren” is there already')).toBeVisible();
    // A whole number goes to the front of its object; the row goes along, with the focus and what is half written in it.
    await second.fill('25');
    await second.press('Enter');
    const numbered = ui.request.getByRole('textbox', { name: 'Name of 25' });
    await expect(numbered).toBeFocused();
    await place(ui, 'weights/25').getByRole('textbox').fill('-');
    await numbered.fill('robin');
    await numbered.press('Enter');
    await expect(place(ui, 'weights/robin').getByRole('textbox')).toHaveValue('-');
    await button(ui, 'Remove robin').click();
    await place(ui, 'weights/wren').getByRole('textbox').fill('0.25');
    await place(ui, 'corner').getByRole('button', { name: 'Set' }).click();
    await place(ui, 'corner/0').getByRole('textbox').fill('3');
    await place(ui, 'corner/1').getByRole('textbox').fill('4');
    await ui.request.getByRole('combobox', { name: 'Add style' }).click();
    await ui.page.getByRole('option', { name: 'Watercolor' }).click();
    await ui.page.keyboard.press('Escape');
    await button(ui, /^\d+ more/)
      .last()
      .click();
    let path = 'level_1';
    for (let level = 2; level <= 9; level += 1) {
      await place(ui, path).getByRole('switch').first().click();
      path += `/level_${level}`;
    }
    await place(ui, path).getByRole('textbox').fill('the core');
    const deep = (level: number): unknown =>
      level > 9 ? 'the core' : { [`level_${level}`]: deep(level + 1) };
    expect(await ask(ready)).toEqual({
      prompt: 'a wren',
      loras: [{ path: 'owner/weights', scale: 0.5 }],
      styles: ['Cinematic', 'Watercolor'],
      voice: { speaker: 'Bo' },
      weights: { wren: 0.25 },
      corner: [3, 4],
      level_1: deep(2),
    });
  },
);

nested(
  'what is wrong deep inside is said on its field, led to, and gone when mended',
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui } = ready;
    await ui.writeJson({ prompt: 'a wren', sections: [{ name: 'A', duration_ms: 5000 }, { name: 'B' }] });
    await ui.requestView('Form');
    await button(ui, /^Section 2/).click();
    await button(ui, /^Sections/).click();
    await ui.run();
    const length = place(ui, 'sections/1/duration_ms');
    await expect(length.getByRole('textbox')).toBeFocused();
    await expect(length.getByRole('alert')).toHaveText(/needed$/);
    expect(ready.inputs).toEqual([]);
    // Half a number is no mistake yet; left like that, it is one.
    await length.getByRole('textbox').fill('12');
    await expect(length.getByRole('alert')).toHaveText('Between 3000 and 120000');
    await length.getByRole('textbox').fill('12000');
    await expect(length.getByRole('alert')).toHaveCount(0);
    const other = place(ui, 'sections/0/duration_ms');
    await other.getByRole('textbox').fill('7');
    await expect(other.getByRole('alert')).toHaveCount(0);
    await ui.prompt.focus();
    await expect(other.getByRole('alert')).toHaveText('Between 3000 and 120000');
  },
);

nested(
  'fal’s own refusal lands on the item it names, and goes along when the item moves',
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui, page } = ready;
    await ui.writeJson({ prompt: 'refuse', loras: [{ path: 'a' }, { path: 'b' }] });
    await ui.requestView('Form');
    await ui.run();
    const second = place(ui, 'loras/1/path');
    await expect(second.getByRole('alert')).toHaveText('No weights are there');
    await second.getByRole('textbox').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(place(ui, 'loras/0/path').getByRole('alert')).toHaveText('No weights are there');
    await expect(second.getByRole('alert')).toHaveCount(0);
    await button(ui, 'Remove LoRA 1').click();
    await expect(place(ui, 'loras').getByRole('alert')).toHaveCount(0);
  },
);

nested(
  'several pictures at once are a row each, and go out in their order',
  { tag: LONG },
  async ({ openNested }) => {
    const ready = await openNested();
    const { ui } = ready;
    const video = { name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await ui.request.getByLabel('Choose files for Images').setInputFiles([PICTURE, PICTURE]);
    await expect(place(ui, 'image_urls').locator('img')).toHaveCount(2);
    await ui.request.getByLabel('Choose files for Images').setInputFiles([video]);
    await expect(place(ui, 'image_urls/2').getByRole('alert')).toContainText('this field takes an image');
    await button(ui, 'Remove Image 3').click();
    expect(await ask(ready)).toMatchObject({
      image_urls: [expect.stringMatching(/^https?:/), expect.stringMatching(/^https?:/)],
    });
  },
);

nested('fields within fields are clean for axe', async ({ openNested }) => {
  const { ui, page } = await openNested();
  await expectClean(page, 'nothing is in them');
  await ui.writeJson({
    prompt: 'a wren',
    loras: [{ path: '', weight_name: 'x' }],
    tags: ['much too long a tag'],
    image_urls: [''],
    sections: [{ name: 'Intro', lines: ['la'] }],
    voice: { speaker: 'Ida', odd: 1 },
    weights: { wren: 5 },
    corner: [1, -2],
    level_1: { level_2: { level_3: { note: 'deep' } } },
  });
  await ui.requestView('Form');
  await ui.run();
  await expect(place(ui, 'corner/1').getByRole('alert')).toBeVisible();
  await expectClean(page, 'much is in them, some of it wrong');
  await button(ui, 'Move or duplicate Tag 1').click();
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
  await expectClean(page, 'the menu of a row');
});

test('flux-general, the largest form, is filled and sent by keyboard alone', async ({ launch, startFal }) => {
  test.skip(!haveSchemas, WHY_SKIPPED);
  const endpointId = 'fal-ai/flux-general';
  const real = (await loadSchemaModels(SCHEMAS)).find((model) => model.endpointId === endpointId);
  if (real === undefined) throw new Error('no such document');
  const { model, inputs } = recorded(real);
  const fal = await startFal({ extraModels: [model], pace: 0 });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel(endpointId, endpointId);
  await ui.prompt.focus();
  await type(page, 'a wren');
  await button(ui, /^\d+ more/).press('Enter');
  await button(ui, 'Add LoRA').press('Enter');
  await type(page, 'owner/weights', 'Tab');
  await place(ui, 'loras/0/scale').getByRole('textbox').press('ArrowUp');
  await button(ui, 'Add ControlNet union').press('Enter');
  await type(page, 'owner/union');
  await place(ui, 'controlnet_unions/0').getByRole('button', { name: 'Add control' }).press('Enter');
  await type(page, 'https://example.com/pose.png');
  await place(ui, 'controlnet_unions/0/controls/0/control_mode').getByRole('combobox').press('Enter');
  await page.getByRole('option', { name: /pose/i }).press('Enter');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ui.done();
  expect(inputs.at(-1)).toMatchObject({
    prompt: 'a wren',
    loras: [{ path: 'owner/weights', scale: 1.1 }],
    controlnet_unions: [
      {
        path: 'owner/union',
        controls: [{ control_image_url: 'https://example.com/pose.png', control_mode: 'pose' }],
      },
    ],
  });
});
