import { LONG } from '../../playwright.config.ts';
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { PICTURE } from './file-input.ts';
import { fixtureModel } from './fixture-model.ts';
import { nestedModel } from './nested-model.ts';
import type { Playground } from './playground.ts';

/** Files that are still being added while the rows around them, or the view they were chosen in, change. */

const URLS = ['https://example.com/A.png', 'https://example.com/B.png'];
const place = (ui: Playground, path: string): Locator => ui.request.locator(`[data-field="${path}"]`);

/** Every file waits in main until as many are there as are given, and these are let through. */
async function holdFiles({ app, page }: Opened): Promise<(count?: number) => Promise<void>> {
  const facts = await page.evaluate(
    (bytes) =>
      window.playground.commands['media.add']({ bytes: new Uint8Array(bytes), fileName: 'icon.png' }),
    [...readFileSync(PICTURE)],
  );
  await app.evaluate(({ ipcMain }) => {
    const held: ((answer: unknown) => void)[] = [];
    Reflect.set(globalThis, 'held', held);
    ipcMain.removeHandler('media.add');
    ipcMain.handle('media.add', () => new Promise((resolve) => held.push(resolve)));
  });
  return async (count = 1) => {
    const waiting = (): Promise<number> => app.evaluate(() => Reflect.get(globalThis, 'held').length);
    await expect.poll(waiting).toBe(count);
    await app.evaluate((_electron, answer) => {
      for (const letOne of Reflect.get(globalThis, 'held').splice(0)) letOne(answer);
    }, facts);
  };
}

interface Ready extends Opened {
  readonly letThrough: (count?: number) => Promise<void>;
}

const held = test.extend<{ openHeld: (images: readonly string[]) => Promise<Ready> }>({
  openHeld: async ({ launch, startFal }, use) => {
    await use(async (images) => {
      const fal = await startFal({ extraModels: [nestedModel().model], pace: 0 });
      const opened = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
      const { ui } = opened;
      await ui.pickModel('nested', 'test/nested');
      await ui.writeJson({ prompt: 'a wren', image_urls: images });
      await ui.requestView('Form');
      return { ...opened, letThrough: await holdFiles(opened) };
    });
  },
});

held('a file lands in its own row, though a row above was removed and put back', async ({ openHeld }) => {
  const { ui, letThrough } = await openHeld(URLS);
  await place(ui, 'image_urls/1').locator('input[type="file"]').setInputFiles(PICTURE);
  await expect(place(ui, 'image_urls/1').getByText('Adding icon.png…')).toBeVisible();
  await ui.request.getByRole('button', { name: 'Remove Image 1' }).click();
  await expect(place(ui, 'image_urls/0').getByText('Adding icon.png…')).toBeVisible();
  await ui.undo.click();
  await expect(place(ui, 'image_urls/1').getByText('Adding icon.png…')).toBeVisible();
  await letThrough();
  await ui.requestView('JSON');
  await expect(ui.json).toContainText(`"${URLS[0]}"`);
  await expect(ui.json).toContainText(`media:`);
  await expect(ui.json).not.toContainText('B.png');
});

held('files that are dropped beside files under way come after them', { tag: LONG }, async ({ openHeld }) => {
  const { ui, letThrough } = await openHeld(['']);
  const chooser = ui.request.getByLabel('Choose files for Images');
  await chooser.setInputFiles([PICTURE, PICTURE]);
  await expect(place(ui, 'image_urls').getByText('Adding icon.png…')).toHaveCount(2);
  await chooser.setInputFiles([PICTURE]);
  await expect(place(ui, 'image_urls').getByText('Adding icon.png…')).toHaveCount(3);
  await letThrough(3);
  await expect(place(ui, 'image_urls').locator('img')).toHaveCount(3);
});

held(
  'a file lands where it was meant to from behind another view, and never on a change',
  async ({ openHeld }) => {
    const { ui, page, letThrough } = await openHeld(URLS);
    await place(ui, 'image_urls/1').locator('input[type="file"]').setInputFiles(PICTURE);
    await ui.requestView('JSON');
    await letThrough();
    await expect(ui.json).toContainText('media:');
    await ui.requestView('Form');
    await place(ui, 'image_urls/0').locator('input[type="file"]').setInputFiles(PICTURE);
    await ui.writeJson({ prompt: 'a wren', image_urls: ['https://example.com/C.png'] });
    await letThrough();
    await expect(page.getByText('“icon.png” was not used')).toBeVisible();
    await expect(ui.json).toContainText('C.png');
  },
);

held(
  'an item that is put back goes into its own list, wherever that is by then',
  { tag: LONG },
  async ({ openHeld }) => {
    const { ui, page } = await openHeld([]);
    const section = (name: string, ...lines: readonly string[]): object => ({ name, lines });
    await ui.writeJson({ prompt: 'a wren', sections: [section('s1', 'l1', 'l2'), section('s2', 'm1')] });
    await ui.requestView('Form');
    await place(ui, 'sections/0/lines').getByRole('button', { name: 'Remove Line 1' }).click();
    await ui.request.getByRole('button', { name: 'Move or duplicate Section 1' }).click();
    await page.getByRole('menuitem', { name: 'Move down' }).click();
    await ui.undo.click();
    await expect(place(ui, 'sections/0/lines/0').getByRole('textbox')).toHaveValue('m1');
    await expect(place(ui, 'sections/1/lines/0').getByRole('textbox')).toHaveValue('l1');
    await expect(place(ui, 'sections/1/lines/1').getByRole('textbox')).toHaveValue('l2');
  },
);

held(
  'more files at once than rows are drawn are all taken in',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const endpointId = 'test/many';
    const images = { type: 'array', title: 'Image Urls', items: { type: 'string' } };
    const input = { type: 'object', required: ['image_urls'], properties: { image_urls: images } };
    const requestBody = { content: { 'application/json': { schema: input } } };
    const document = {
      openapi: '3.0.4',
      info: { title: 'Many', version: '1.0.0' },
      paths: { [`/${endpointId}`]: { post: { requestBody } } },
    };
    const fal = await startFal({ extraModels: [fixtureModel({ endpointId, document })] });
    const opened = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
    const { ui } = opened;
    await ui.pickModel('test/many', endpointId);
    const letThrough = await holdFiles(opened);
    const files = Array.from({ length: 52 }, () => PICTURE);
    await ui.request.getByLabel('Choose files for Images').setInputFiles(files);
    await expect(place(ui, 'image_urls').getByText('Adding icon.png…')).toHaveCount(52);
    await letThrough(52);
    await expect(place(ui, 'image_urls').getByText('Adding icon.png…')).toHaveCount(0);
    await ui.requestView('JSON');
    await expect(ui.json).not.toContainText('""');
  },
);
