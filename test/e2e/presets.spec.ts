import { LONG } from '../../playwright.config.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const SEED = '12345678901234567890';

async function choose(page: Page, entry: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Presets', exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

test('a preset is saved, survives a restart, fills the form and is undone; another takes its place, and it is removed', async ({
  launch,
}) => {
  const first = await launch();
  await first.ui.prompt.fill('hills at dusk');
  await choose(first.page, 'Save as a preset…');
  await first.page.getByRole('textbox', { name: 'Name' }).fill('Dusk');
  await first.page.keyboard.press('Enter');
  await expect(first.page.getByText('Saved as “Dusk”')).toBeVisible();
  await first.close();

  const { ui, page } = await launch();
  await ui.prompt.fill('something else');
  await choose(page, 'Dusk');
  await expect(ui.prompt).toHaveValue('hills at dusk');
  await ui.undo.click();
  await expect(ui.prompt).toHaveValue('something else');

  await choose(page, 'Save as a preset…');
  await page.getByRole('textbox', { name: 'Name' }).fill('dusk');
  await expect(page.getByText('Takes the place of “Dusk”.')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await choose(page, 'All presets…');
  const sheet = page.getByRole('dialog', { name: 'Presets' });
  await sheet.getByRole('button', { name: 'Rename dusk' }).click();
  await sheet.getByRole('textbox', { name: 'New name of dusk' }).fill('Late');
  await page.keyboard.press('Enter');
  await sheet.getByRole('button', { name: 'Fill in Late' }).click();
  await expect(ui.prompt).toHaveValue('something else');

  await choose(page, 'All presets…');
  await sheet.getByRole('button', { name: 'Remove Late' }).click();
  await expect(sheet.getByText('No preset of this model yet')).toBeVisible();
});

test(
  'a preset is given away as a file, and opens elsewhere with its model, to the last digit',
  { tag: LONG },
  async ({ launch }) => {
    const dir = await mkdtemp(join(tmpdir(), 'preset-'));
    const path = join(dir, 'given.json');
    const { ui, page, app } = await launch();
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await ui.writeJson({ prompt: 'a hill to give away', zebra: 1 });
    await choose(page, 'Save as a preset…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Gift');
    await page.keyboard.press('Enter');
    await choose(page, 'All presets…');
    const sheet = page.getByRole('dialog', { name: 'Presets' });
    await sheet.getByRole('button', { name: 'Share Gift' }).click();
    await expect(page.getByText('Saved as a file')).toBeVisible();
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      name: 'Gift',
      input: { prompt: 'a hill to give away', zebra: 1 },
    });

    await writeFile(path, text.replace('"zebra": 1', `"zebra": ${SEED}`).replace('Gift', 'Present'));
    await sheet.locator('input[type=file]').setInputFiles(path);
    await expect(page.getByText('Filled from the preset “Present”')).toBeVisible();
    await expect(ui.json).toContainText(`"zebra": ${SEED}`);
    // One of the same name takes nobody's place, and neither does one that comes back.
    await writeFile(path, text.replace('to give away', 'of someone else'));
    await choose(page, 'All presets…');
    await sheet.locator('input[type=file]').setInputFiles(path);
    await expect(page.getByText('Filled from the preset “Gift 2”')).toBeVisible();
    await choose(page, 'All presets…');
    await sheet.getByRole('button', { name: 'Fill in Gift', exact: true }).click();
    await expect(ui.json).toContainText('a hill to give away');
    await choose(page, 'All presets…');
    await sheet.locator('input[type=file]').setInputFiles({
      name: 'wrong.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"a":1}'),
    });
    await expect(page.getByRole('alert').getByText('This file is not a preset')).toBeVisible();
    await rm(dir, { recursive: true });
  },
);

test('a form begins with the model’s own examples, or with what the model before it was given', async ({
  launch,
}) => {
  const { ui, page } = await launch();
  await page.getByRole('button', { name: 'Presets', exact: true }).click();
  const examples = page.getByRole('group', { name: "The model's own examples" });
  const wanted = (await examples.getByRole('menuitem').first().textContent()) ?? '';
  await examples.getByRole('menuitem').first().click();
  await expect(ui.prompt).toHaveValue(wanted);

  await ui.prompt.fill('hills to take along');
  await ui.pickModel('live', 'demo/hillside/realtime');
  const offer = ui.request.getByRole('button', { name: 'Take over' });
  await offer.click();
  await expect(ui.prompt).toHaveValue('hills to take along');
  await expect(offer).toBeHidden();
});
