import { LONG } from '../../playwright.config.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from '../../electron/saving/png-text.ts';
import { expect, test } from './app.ts';
import { withoutRequest } from './picture.ts';

test('a result is saved where the person says, with its request and else byte for byte, and its address and seed are copied', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const fal = await startFal();
  const { app, ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.prompt.fill('a hill to keep');
  await ui.run();
  await ui.done();

  const target = join(dataDir, 'kept.png');
  // The system's own dialog cannot be pressed by a test; its answer can be given.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await ui.result.getByRole('button', { name: 'Save a copy…' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  const served = await page.evaluate(
    async (src) => [...new Uint8Array(await (await fetch(src ?? '')).arrayBuffer())],
    await ui.picture.getAttribute('src'),
  );
  const saved = await readFile(target);
  expect(readText(saved, 'fal')).toContain('a hill to keep');
  expect(withoutRequest(saved)).toEqual(served);

  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: '/nowhere/at/all.png' });
  });
  await ui.result.getByRole('button', { name: 'Save a copy…' }).click();
  await expect(page.getByText('The copy could not be written').first()).toBeVisible();

  await ui.result.getByRole('button', { name: 'Copy its address at fal' }).click();
  await expect(page.getByText('Address copied')).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain(`${fal.hosts.cdn}/files/`);
});

test(
  'several pictures of one run are all there, and an older result can be taken up again',
  { tag: LONG },
  async ({ launch }) => {
    const { ui, page } = await launch();
    await ui.prompt.fill('three hills');
    await ui.request.getByRole('textbox', { name: /num images/i }).fill('3');
    await ui.request.getByRole('combobox', { name: 'Image size' }).click();
    await page.getByRole('option', { name: /^Square 512/ }).click();
    await ui.run();
    await ui.done();
    const files = ui.result.getByRole('list', { name: 'Files of this result' });
    await expect(files.getByRole('button')).toHaveCount(3);
    const first = await ui.picture.getAttribute('src');
    await files.getByRole('button', { name: 'File 3 of 3' }).click();
    await expect(ui.picture).not.toHaveAttribute('src', first ?? '');
    await ui.decodedSize(ui.picture);

    await ui.prompt.fill('something else');
    await ui.result.getByRole('button', { name: 'Take this request over to the form' }).click();
    await expect(ui.prompt).toHaveValue('three hills');
    await expect(ui.result.getByRole('button', { name: 'This is the request at the left' })).toBeDisabled();
  },
);

test('a request that takes the place of the one being written can be undone, from wherever it came', async ({
  launch,
}) => {
  const { ui, page } = await launch();
  const { undo } = ui;
  await ui.prompt.fill('a hill');
  await ui.run();
  await ui.done();
  await ui.prompt.fill('an hour of work');
  await ui.result.getByRole('button', { name: 'Take this request over to the form' }).click();
  await expect(ui.prompt).toHaveValue('a hill');
  await undo.click();
  await expect(ui.prompt).toHaveValue('an hour of work');
  await ui.go('History');
  await page.locator('[data-tile]').first().click();
  await page.getByRole('button', { name: 'Open as request' }).click();
  await expect(ui.prompt).toHaveValue('a hill');
  // A newer way back closes the older one.
  await ui.request.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(ui.prompt).toHaveValue('');
  await expect(undo).toHaveCount(1);
  await undo.click();
  await expect(ui.prompt).toHaveValue('a hill');
});
