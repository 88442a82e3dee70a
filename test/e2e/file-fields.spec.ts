import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestFal } from '../local-fal/index.ts';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { expectClean } from './clean.ts';
import { fieldsModel } from './fields-model.ts';
import { FileInput, PICTURE } from './file-input.ts';
import { drawOnMask, pictureFile, pixelsAt } from './picture.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas } from './real-schemas.ts';

/** Files from the history, the limits a model names, and masks drawn over their image. */

const env = { FAL_KEY: 'demo:demo' };
const uploads = (fal: TestFal): number =>
  fal.requests().filter(({ method, path }) => method === 'PUT' && path.startsWith('/cdn/upload/')).length;

/** The fields model, open, with a prompt in it. */
async function openFields({ ui }: Opened): Promise<{ image: FileInput; mask: FileInput }> {
  await ui.pickModel('test/fields', 'test/fields');
  await ui.prompt.fill('a wren');
  return { image: new FileInput(ui, 'Image'), mask: new FileInput(ui, 'Mask') };
}

/** What the model was given under this name, the first time. */
function given(seen: readonly unknown[], name: string): string {
  const [first] = seen;
  return typeof first === 'object' && first !== null ? String(Reflect.get(first, name)) : '';
}

test('a result of the history becomes an input by keyboard, with its pixels in sight', async ({
  launch,
  startFal,
}) => {
  const { model, seen } = fieldsModel();
  const fal = await startFal({ extraModels: [model] });
  const opened = await launch({ fal, env });
  const { ui, page } = opened;
  const { image } = await openFields(opened);
  const recent = ui.request.getByRole('button', { name: 'Take a result from the history for Image' });
  await recent.click();
  const dialog = page.getByRole('dialog', { name: 'From your history: Image' });
  await expect(dialog.getByText('No result has a picture yet')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(recent).toBeFocused();

  await ui.pickModel('hillside', 'demo/hillside');
  await ui.prompt.fill('hills in autumn');
  await ui.run();
  await ui.done();
  await openFields(opened);
  await recent.press('Enter');
  const tile = dialog.getByRole('group', { name: 'Results' }).getByRole('button').first();
  await tile.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(recent).toBeFocused();
  await expect(image.row.getByText(/^PNG · [\d.]+ [KM]B · 1024 × 768$/)).toBeVisible();
  expect(uploads(fal)).toBe(0);
  await ui.run();
  await expect.poll(() => seen.length).toBe(1);
  expect(uploads(fal)).toBe(1);
  expect(await pixelsAt(given(seen, 'image_url'))).toMatchObject({ width: 1024, height: 768 });
});

test('what a model says of its files is held against them before they are read', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const fal = await startFal({ extraModels: [fieldsModel().model] });
  const opened = await launch({ fal, env });
  const { image } = await openFields(opened);
  await image.chooser.setInputFiles(await pictureFile(dataDir, 120, 90));
  await expect(image.refusal).toHaveText(
    'This image is 120 × 90; the model wants at least 300 wide and 200 high.',
  );
  await expect(image.url).toHaveValue('');
  const film = join(dataDir, 'film.png');
  await writeFile(film, '');
  // Two gigabytes that no disk needs to hold.
  await truncate(film, 2 * 1024 ** 3);
  await image.chooser.setInputFiles(film);
  await expect(image.refusal).toContainText('This file is larger than 200 MiB');
  await truncate(film, 3_000_000);
  await image.chooser.setInputFiles(film);
  await expect(image.refusal).toHaveText('This image has 3 MB; the model takes at most 2 MB.');
  // The alert is what the field is described by.
  const described = await image.url.getAttribute('aria-describedby');
  await expect(opened.page.locator(`[id="${described}"]`)).toContainText('at most 2 MB');
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(opened.ui, 'icon.png', 1024);
  await expect(image.refusal).toHaveCount(0);
});

test('a mask is drawn over its image, taken back, inverted and drawn on again; the model is given it as black and white', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const { model, seen } = fieldsModel();
  const fal = await startFal({ extraModels: [model] });
  const opened = await launch({ fal, env });
  const { ui, page } = opened;
  const { image, mask } = await openFields(opened);
  await expect(
    ui.request.getByText('Choose the image first, and the mask can be drawn over it.'),
  ).toBeVisible();
  await image.url.fill('https://example.com/a.png');
  await expect(ui.request.getByText(/To draw the mask, choose the image as a file/)).toBeVisible();
  await image.chooser.setInputFiles(await pictureFile(dataDir, 640, 400));
  await ui.request.getByRole('button', { name: 'Draw a mask' }).click();
  const editor = page.getByRole('dialog', { name: 'Draw: Mask' });
  const use = editor.getByRole('button', { name: 'Use this mask' });
  await expect(use).toBeDisabled();
  await drawOnMask(ui, [0.1, 0.5], [0.9, 0.5]);
  await drawOnMask(ui, [0.5, 0.1], [0.5, 0.2]);
  await page.keyboard.press('ControlOrMeta+z');
  await editor.getByRole('button', { name: 'Redo' }).click();
  await page.keyboard.press('ControlOrMeta+z');
  // A drawing is not lost to a key that closes.
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);
  await ui.request.getByRole('button', { name: 'Draw a mask' }).click();
  await use.click();
  await expect(editor).toHaveCount(0);
  await expect(mask.row.getByText(/640 × 400$/)).toBeVisible();
  await expect(page.getByRole('img', { name: 'The mask over its image' })).toBeVisible();

  const again = ui.request.getByRole('button', { name: 'Draw on the mask' });
  await again.click();
  await editor.getByRole('button', { name: 'Eraser' }).click();
  await drawOnMask(ui, [0.5, 0.5], [0.52, 0.5]);
  await editor.getByRole('button', { name: 'Invert' }).click();
  await use.click();
  await expect(editor).toHaveCount(0);
  await expect(again).toBeFocused();
  await ui.run();
  await ui.done();
  const pixels = await pixelsAt(given(seen, 'mask_url'));
  expect([pixels.width, pixels.height]).toEqual([640, 400]);
  expect([pixels.at(160, 200), pixels.at(480, 200)]).toEqual([0, 0]);
  expect([pixels.at(325, 200), pixels.at(320, 60), pixels.at(10, 10)]).toEqual([255, 255, 255]);
});

test('a mask goes with fal-ai/bria/eraser by its real schema', async ({ launch, startFal, dataDir }) => {
  test.skip(!haveSchemas, WHY_SKIPPED);
  const fal = await startFal({ schemas: SCHEMAS });
  const { ui, page } = await launch({ fal, env });
  await ui.pickModel('fal-ai/bria/eraser', 'fal-ai/bria/eraser');
  await new FileInput(ui, 'Image').chooser.setInputFiles(await pictureFile(dataDir, 320, 200));
  await ui.request.getByRole('button', { name: 'Draw a mask' }).click();
  await drawOnMask(ui, [0.2, 0.2], [0.8, 0.8]);
  await page.getByRole('button', { name: 'Use this mask' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await ui.run();
  await ui.done();
  expect(uploads(fal)).toBe(2);
});

test('fields, lists and sheets are clean for axe', async ({ launch, startFal, dataDir }) => {
  const fal = await startFal({ extraModels: [fieldsModel().model] });
  const opened = await launch({ fal, env });
  const { ui, page } = opened;
  await ui.run();
  const { image } = await openFields(opened);
  await ui.request.getByRole('button', { name: /\d+ more/ }).click();
  await ui.request.getByRole('textbox', { name: 'Steps' }).fill('70');
  await ui.request.getByRole('textbox', { name: 'Caption' }).fill('more than there is room for');
  await image.chooser.setInputFiles(await pictureFile(dataDir, 640, 400));
  await image.shows(ui, 'plain-640x400.png', 640);
  await expectClean(page, 'changed fields');
  await ui.request.getByRole('combobox', { name: 'Place' }).click();
  await page.keyboard.type('mead');
  await expectClean(page, 'a list to search in');
  await page.keyboard.press('Escape');
  await ui.request.getByRole('button', { name: 'Take a result from the history for Image' }).click();
  await expectClean(page, 'nothing to take from the history');
  await page.keyboard.press('Escape');
  await ui.request.getByRole('button', { name: 'Draw a mask' }).click();
  await drawOnMask(ui, [0.2, 0.2], [0.8, 0.8]);
  await expectClean(page, 'a mask being drawn');
});
