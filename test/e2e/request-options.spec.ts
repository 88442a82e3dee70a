import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { chooseTheme, expectClean } from './clean.ts';
import { TRAINER_ID, trainingModel } from './training-model.ts';
import { VIEWS_ID, viewsModel } from './views-model.ts';

/** How a request is sent, and what becomes of its files. */

const method = (page: Page): Locator => page.getByRole('button', { name: /^How the model is called/ });

test('a method and options are chosen, checked, sent, kept for the model, and taken over from a run', async ({
  launch,
  startFal,
}) => {
  const { model, seen } = viewsModel();
  const fal = await startFal({ extraModels: [model] });
  const options = { fal, env: { FAL_KEY: 'demo:demo' } };
  const { ui, page, close } = await launch(options);
  await ui.pickModel('views', VIEWS_ID);
  await ui.prompt.fill('a wren');

  await test.step('what is wrong is said as it is typed, and nothing is sent', async () => {
    await ui.request.getByRole('button', { name: 'Advanced' }).click();
    await ui.request.getByLabel('Queue at most').fill('many');
    await ui.request.getByRole('button', { name: 'Add header' }).click();
    await page.keyboard.type('Authorization');
    await expect(ui.request.getByText(/belongs to the connection/)).toBeVisible();
    await ui.run();
    await expect(ui.request.getByText('2 options need a change')).toBeVisible();
    await expect(ui.request.getByLabel('Queue at most')).toBeFocused();
    expect(seen).toEqual([]);
    await expectClean(page, 'options, dark');
  });

  await test.step('a direct call takes what it can, and says why not the rest', async () => {
    await ui.request.getByLabel('Name of header 1').fill('x-team');
    await ui.request.getByLabel('Value of header 1').fill('birds');
    await method(page).click();
    await page.getByRole('menuitemradio', { name: /^Direct/ }).click();
    await expect(ui.request.getByLabel('Queue at most')).toBeDisabled();
    await ui.run();
    await ui.done();
    expect(seen).toEqual([{ prompt: 'a wren' }]);
    const calls = fal.requests().filter(({ method: verb }) => verb === 'POST');
    expect(calls.map(({ path }) => path)).toEqual([`/run/${VIEWS_ID}`]);
  });
  await close();

  await test.step('after a restart it is as it was, and the code has it too', async () => {
    const again = await launch(options);
    await expect(method(again.page)).toHaveText('Direct');
    await again.ui.requestView('Code');
    await expect(again.ui.request.getByRole('region', { name: 'Request as code' })).toContainText(
      "'x-team: birds'",
    );
    await method(again.page).click();
    await again.page.getByRole('menuitemradio', { name: /^Queue/ }).click();
    await again.ui.requestView('Form');
    await again.ui.result.getByRole('button', { name: 'Take this request over' }).click();
    await expect(method(again.page)).toHaveText('Direct');
    await method(again.page).click();
    await again.page.getByRole('menuitemradio', { name: /^Queue/ }).click();
    await again.ui.go('History');
    await again.page.locator('[data-tile]').first().click();
    await again.page.getByRole('button', { name: 'Open as request' }).click();
    await expect(method(again.page)).toHaveText('Direct');
  });
});

test('trained weights stand on the shelf and fill a row of another model; results are copied into a folder', async ({
  launch,
  startFal,
}) => {
  const base = await mkdtemp(join(tmpdir(), 'results-'));
  const folder = join(base, 'results');
  await mkdir(folder);
  const fal = await startFal({ extraModels: [viewsModel().model, trainingModel()] });
  const { app, ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, folder);

  await test.step('a folder is chosen and a name made', async () => {
    await ui.go('Settings');
    await page.getByRole('switch', { name: 'Copy new results into a folder' }).click();
    await page.getByLabel('Names').fill('{model}/weights-{n}');
    await expect(page.getByText('model / weights-1.ext')).toBeVisible();
  });

  await test.step('while the folder is gone it is said, and tried again by a press', async () => {
    await rename(folder, `${folder}-away`);
    await ui.go('Playground');
    await ui.pickModel('trainer', TRAINER_ID);
    await ui.request.getByRole('textbox', { name: 'Trigger word' }).fill('OHWX');
    await ui.run();
    await expect(page.getByText(/^The folder for results is not there/)).toBeVisible();
    await rename(`${folder}-away`, folder);
    await ui.go('Settings');
    await page.getByRole('button', { name: 'Copy the 1 that waits' }).click();
    const copied = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).toSorted();
    await expect
      .poll(copied)
      .toEqual(['test-lora-trainer', join('test-lora-trainer', 'weights-1.safetensors')]);
    await chooseTheme(page, 'Light');
    await expectClean(page, 'settings with a folder and a shelf, light');
  });

  await test.step('the weights are picked with their scale, and their word put into the prompt', async () => {
    await ui.go('Playground');
    await ui.pickModel('views', VIEWS_ID);
    await ui.prompt.fill('a cat');
    await ui.request.getByRole('button', { name: 'Add LoRA' }).click();
    await ui.request.getByRole('button', { name: 'From the shelf' }).click();
    await page.getByRole('menuitem', { name: /^OHWX/ }).click();
    await expect(ui.request.getByRole('textbox', { name: /^Path/ })).toHaveValue(/\.safetensors$/);
    await ui.request.getByRole('button', { name: 'Put “OHWX” into the prompt' }).click();
    await expect(ui.prompt).toHaveValue('OHWX, a cat');
    await expect(ui.prompt).toBeFocused();
    await expectClean(page, 'a row of weights, light');
  });
  await rm(base, { recursive: true });
});
