import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from './app.ts';
import { FileInput, PICTURE } from './file-input.ts';
import { expectClean } from './clean.ts';
import { withoutRequest } from './picture.ts';
import { showingModel } from './showing-model.ts';

test('pictures are looked at closely, held against their input, taken elsewhere, and covered where their model says so', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [showingModel()] });
  const { app, ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel('showing', 'test/showing');
  const image = new FileInput(ui, 'Image');
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(ui, 'icon.png', 1024);
  await ui.run();
  await ui.done();
  const pictures = page.getByRole('region', { name: 'Pictures of the result' });
  const pane = pictures.getByRole('group', { name: 'Picture', exact: true });
  const zoom = pictures.getByRole('status', { name: 'Zoom' });

  await test.step('zoomed by keys and wheel, moved by keys and pointer', async () => {
    await ui.decodedSize(ui.picture);
    const width = async (): Promise<number> => (await ui.picture.boundingBox())?.width ?? 0;
    const left = async (): Promise<number> => (await ui.picture.boundingBox())?.x ?? 0;
    await pane.focus();
    await page.keyboard.press('1');
    await expect(zoom).toHaveText('100 %');
    await expect.poll(width).toBe(480);
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('+');
    await expect(zoom).toHaveText('381 %');
    await expect(ui.picture).toHaveCSS('image-rendering', 'pixelated');
    const before = await left();
    await page.keyboard.press('ArrowRight');
    await expect.poll(left).toBeCloseTo(before - 64, 0);
    const box = await pane.boundingBox();
    const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    await page.mouse.move(middle.x + 40, middle.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(left).toBeCloseTo(before - 24, 0);
    await page.keyboard.press('0');
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect(zoom).toHaveText('149 %');
    await page.keyboard.press('0');
    await expect(pictures.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('the next by the arrows, all at once, one of them again', async () => {
    const first = await ui.picture.getAttribute('src');
    await page.keyboard.press('ArrowRight');
    await expect(pictures.getByRole('status', { name: 'Picture 2 of 4' })).toBeVisible();
    await expect(ui.picture).not.toHaveAttribute('src', first ?? '');
    await pictures.getByRole('button', { name: 'All pictures' }).click();
    await pictures.getByRole('button', { name: 'Open picture 1 of 4' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(pictures.getByRole('status', { name: 'Picture 3 of 4' })).toBeVisible();
    await expect(pictures).toBeFocused();
  });

  await test.step('alone in the window; Escape leads back, and the focus with it', async () => {
    await pane.focus();
    await page.keyboard.press('f');
    const screens = page.getByRole('navigation', { name: 'Screens' });
    await expect(screens).toHaveAttribute('inert');
    await page.keyboard.press('Escape');
    await expect(screens).not.toHaveAttribute('inert');
    await expect(pane).toBeFocused();
  });

  await test.step('beside and over its input, both moved as one', async () => {
    await pictures.getByRole('button', { name: 'Beside the input' }).click();
    const input = pictures.getByRole('img', { name: 'Input: Image URL' });
    await ui.decodedSize(input);
    await pictures.getByRole('group', { name: 'Input' }).focus();
    const height = async (): Promise<number> => (await input.boundingBox())?.height ?? 0;
    await page.keyboard.press('1');
    await expect.poll(height).toBeCloseTo((await ui.picture.boundingBox())?.height ?? -1, 0);
    await pictures.getByRole('button', { name: 'Over the input' }).click();
    const edge = pictures.getByRole('slider', { name: 'Edge between input and result' });
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', '52');
    await expectClean(page, 'over its input');
    await pictures.getByRole('button', { name: 'Over the input' }).click();
  });

  await test.step('onto the clipboard, into a folder, along with the pointer', async () => {
    const shown = await ui.picture.getAttribute('src');
    const served = await page.evaluate(
      async (src) => [...new Uint8Array(await (await fetch(src ?? '')).arrayBuffer())],
      shown,
    );
    await ui.result.getByRole('button', { name: 'Copy the picture' }).click();
    await expect(page.getByText('Picture copied')).toBeVisible();
    const copied = await app.evaluate(async ({ clipboard }) => {
      const [item] = await clipboard.read();
      const blob = await item?.getType('image/png');
      return blob === undefined ? [] : [...new Uint8Array(await blob.arrayBuffer())];
    });
    expect(copied).toEqual(served);

    // What the system would be handed is looked at, and nothing is opened or dragged.
    await app.evaluate(({ BrowserWindow, shell }) => {
      const handed: string[] = [];
      Reflect.set(globalThis, '__handed', handed);
      shell.showItemInFolder = (path) => void handed.push(path);
      const [window] = BrowserWindow.getAllWindows();
      if (window) window.webContents.startDrag = ({ file }) => void handed.push(file);
    });
    const handed = async (): Promise<unknown> => app.evaluate(() => Reflect.get(globalThis, '__handed'));
    await ui.result.getByRole('button', { name: 'More to do with the file' }).click();
    await page.getByRole('menuitem', { name: 'Show in folder' }).click();
    await expect.poll(handed).toHaveLength(1);
    await ui.result.getByTitle('Drag the file out of the window').dragTo(ui.prompt.or(image.row).first());
    await expect.poll(handed).toHaveLength(2);
    const paths = (await handed()) as string[];
    for (const path of paths) {
      expect(basename(path)).toMatch(/\.png$/);
      expect(withoutRequest(await readFile(path))).toEqual(served);
    }
  });

  await test.step('as the input of the model beside it, and of another', async () => {
    await ui.result.getByRole('button', { name: 'More to do with the file' }).click();
    await page.getByRole('menuitem', { name: 'Use as “Image” here' }).click();
    await expect(image.row.getByText('icon.png', { exact: true })).toBeHidden();
    await ui.result.getByRole('button', { name: 'More to do with the file' }).click();
    await page.getByRole('menuitem', { name: 'Use as input of another model…' }).click();
    const models = page.getByRole('dialog', { name: 'Choose a model' });
    await expect(models.getByText('Models that begin with an image')).toBeVisible();
    // The demo's painter begins with words.
    await expect(models.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(models).toBeHidden();
    await expect(page.getByText(/is the image of Showing$/).first()).toBeVisible();
  });

  await test.step('what its model marked is blurred everywhere until it is asked for', async () => {
    await ui.writeJson({ show: 'flagged' });
    await ui.requestView('Form');
    await ui.run();
    const last = ui.result.getByRole('list', { name: "This model's last results" }).getByRole('button');
    await expect(last).toHaveCount(2);
    await ui.done();
    await pictures.getByRole('button', { name: 'Next picture' }).click();
    await expect(pictures.getByText('marked this picture as not safe for work')).toBeVisible();
    const stamps = ui.result.getByRole('list', { name: 'Files of this result' }).locator('img');
    await expect(stamps.nth(0)).toHaveCSS('filter', 'none');
    await expect(stamps.nth(1)).toHaveCSS('filter', /blur/);
    await expectClean(page, 'covered');
    await pictures.getByRole('button', { name: 'Show it' }).click();
    await expect(stamps.nth(1)).toHaveCSS('filter', 'none');
    await ui.decodedSize(ui.picture);
    await pictures.getByRole('button', { name: 'Blur it again' }).click();
    await expect(stamps.nth(1)).toHaveCSS('filter', /blur/);
  });
});

test('a film plays, stands, goes frame by frame and is heard or not', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: [showingModel()] });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel('showing', 'test/showing');
  await ui.writeJson({ show: 'films' });
  await ui.requestView('Form');
  await ui.run();
  await ui.done();
  const film = ui.result.getByRole('region', { name: /^Video/ });
  const player = film.locator('video');
  const now = async (): Promise<number> =>
    player.evaluate((video) => (video as HTMLVideoElement).currentTime);
  await expect.poll(async () => player.evaluate((video) => (video as HTMLVideoElement).readyState)).toBe(4);
  await film.focus();
  // 24 frames a second, as the model says: from the middle of one to the middle of the next.
  await page.keyboard.press('.');
  await expect.poll(now).toBeCloseTo(1.5 / 24, 3);
  await page.keyboard.press('.');
  await expect.poll(now).toBeCloseTo(2.5 / 24, 3);
  await page.keyboard.press(',');
  await expect.poll(now).toBeCloseTo(1.5 / 24, 3);
  await page.keyboard.press('Space');
  await expect(film.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect.poll(now).toBeGreaterThan(3 / 24);
  await page.keyboard.press('Space');
  await expect(film.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('m');
  await expect(film.getByRole('button', { name: 'Sound on' })).toBeVisible();
  await film.getByRole('slider', { name: /^Position/ }).focus();
  await page.keyboard.press('End');
  await expect.poll(now).toBeCloseTo(2, 1);
  await expectClean(page, 'a film');
  await ui.result.getByRole('button', { name: 'File 2 of 2' }).click();
  await expect(film).toHaveAccessibleName('Video: again.mp4');
});
