import { LONG } from '../../playwright.config.ts';
import { readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TestFal } from '../local-fal/index.ts';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { FileInput, PICTURE, TEXT, VIDEO } from './file-input.ts';
import { lookingModel } from './looking-model.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas } from './real-schemas.ts';

const env = { FAL_KEY: 'demo:demo' };
const SVG = {
  name: 'drawing.svg',
  type: 'image/svg+xml',
  text: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
};
const sha = createHash('sha256').update(readFileSync(PICTURE)).digest('hex');
const submits = (fal: TestFal): number =>
  fal.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/queue/')).length;
const uploads = (fal: TestFal): number =>
  fal.requests().filter(({ method, path }) => method === 'PUT' && path.startsWith('/cdn/upload/')).length;

/** The looking model, open, with a prompt in it. */
async function look({ ui }: Opened, prompt = 'what is this?'): Promise<FileInput> {
  await ui.pickModel('looking', 'test/looking');
  await ui.prompt.fill(prompt);
  return new FileInput(ui, 'Image');
}

test('a picture is chosen, seen, sent and looked at; it is there after a restart, and opens again from the history', async ({
  launch,
  startFal,
}) => {
  const { model, seen } = lookingModel();
  const fal = await startFal({ extraModels: [model] });
  const first = await launch({ fal, env });
  const image = await look(first);
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(first.ui, 'icon.png', 1024);
  await expect(image.row.getByText(/^PNG · \d+ KB · 1024 × 1024$/)).toBeVisible();
  await first.close();

  const second = await launch({ fal, env });
  const again = new FileInput(second.ui, 'Image');
  await again.shows(second.ui, 'icon.png', 1024);
  await second.ui.run();
  await second.ui.done();
  const given: unknown = seen[0];
  const url: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, 'image_url') : '';
  expect(seen).toEqual([{ prompt: 'what is this?', image_url: url }]);
  const got = await fetch(String(url));
  expect(got.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await got.arrayBuffer()).equals(readFileSync(PICTURE))).toBe(true);
  expect(fal.requests().find(({ method }) => method === 'PUT')?.authorization).toBe('none');

  await again.remove.click();
  await expect(again.chooser).toBeFocused();
  await expect(again.url).toHaveValue('');
  await second.ui.go('History');
  await second.page.locator('[data-tile]').first().click();
  await second.page.getByRole('button', { name: 'Open as request' }).click();
  await again.shows(second.ui, 'icon.png', 1024);
  await second.ui.tab('JSON');
  await expect(second.ui.tree).toContainText(`media:${sha}`);
});

test('a file of another kind is refused by what it is, not by its name, and what was there stays', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [lookingModel().model] });
  const opened = await launch({ fal, env });
  const { ui } = opened;
  const image = await look(opened);
  await image.chooser.setInputFiles(TEXT);
  await expect(image.refusal).toHaveText('“holiday.png” is plain text; this field takes an image.');
  await expect(image.url).toHaveAttribute('aria-invalid', 'true');
  await expect(image.url).toHaveValue('');
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(ui, 'icon.png', 1024);
  await expect(image.refusal).toHaveCount(0);
  await image.chooser.setInputFiles(VIDEO);
  await expect(image.refusal).toHaveText('“clip.mp4” is a video; this field takes an image.');
  await image.shows(ui, 'icon.png', 1024);
  // A refusal is about what stands beside it, and goes when another request is opened.
  await ui.writeJson({ prompt: 'another', image_url: 'https://example.com/a.png' });
  await ui.requestView('Form');
  await expect(image.url).toHaveValue('https://example.com/a.png');
  await image.chooser.setInputFiles(TEXT);
  await expect(image.refusal).toBeVisible();
  await ui.request.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(image.url).toHaveValue('');
  await expect(image.refusal).toHaveCount(0);
  // A name says as little the other way round.
  const video = new FileInput(ui, 'Video');
  await video.chooser.setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: readFileSync(VIDEO),
  });
  await expect(video.row.getByText('notes.txt', { exact: true })).toBeVisible();
  await expect(video.row.getByText(/^MP4 · /)).toBeVisible();
});

test('a file is dropped or pasted; several at once, an empty and a too large one are refused', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [lookingModel().model] });
  const opened = await launch({ fal, env });
  const { ui, page } = opened;
  const image = await look(opened);
  await image.give('drop', SVG);
  await image.shows(ui, 'drawing.svg', 40);
  const end = new FileInput(ui, 'End image');
  await end.url.focus();
  await end.give('paste', SVG);
  await end.shows(ui, 'drawing.svg', 40);
  await expect(end.chooser).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(end.remove).toBeFocused();
  await page.keyboard.press('Enter');
  await end.give('drop', SVG, SVG);
  await expect(end.refusal).toHaveText('One file at a time, please.');
  await end.give('drop', { ...SVG, text: '' });
  await expect(end.refusal).toHaveText('This file is empty.');
  await end.row.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    const megabyte = new Uint8Array(1024 ** 2);
    dataTransfer.items.add(
      new File(
        Array.from({ length: 201 }, () => megabyte),
        'film.mp4',
      ),
    );
    element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
  await expect(end.refusal).toContainText('larger than 200 MiB');
  await end.url.fill('https://example.com/a.png');
  await expect(end.refusal).toHaveCount(0);
});

test(
  'while a file is being added nothing runs, and it lands in its own model alone',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: [lookingModel().model] });
    const opened = await launch({ fal, env });
    const { app, ui, page } = opened;
    const image = await look(opened);
    await page.evaluate(
      (bytes) =>
        window.playground.commands['media.add']({ bytes: new Uint8Array(bytes), fileName: 'icon.png' }),
      [...readFileSync(PICTURE)],
    );
    // A disk that takes its time.
    await app.evaluate(({ ipcMain }) => {
      ipcMain.removeHandler('media.add');
      ipcMain.handle('media.add', () => new Promise((resolve) => Reflect.set(globalThis, 'added', resolve)));
    });
    const added = (sha256: string): Promise<unknown> =>
      app.evaluate(
        (_electron, value) =>
          Reflect.apply(Reflect.get(globalThis, 'added'), undefined, [{ ok: true, value }]),
        { sha256, contentType: 'image/png', bytes: 3, fileName: 'icon.png' },
      );
    await image.chooser.setInputFiles(PICTURE);
    await expect(image.row).toHaveAttribute('aria-busy', 'true');
    await expect(image.row.getByText('Adding icon.png…')).toBeVisible();
    await ui.run();
    await expect(page.getByText('A file is still being added')).toBeVisible();
    await ui.pickModel('hillside', 'demo/hillside');
    await added(sha);
    await ui.pickModel('looking', 'test/looking');
    await ui.requestView('JSON');
    await expect(ui.json).toContainText(`media:${sha}`);
    await ui.pickModel('hillside', 'demo/hillside');
    await expect(ui.json).not.toContainText('media:');
    expect(submits(fal)).toBe(0);
  },
);

test(
  'cancelled while its file is sent, a run is over, and the model never hears of it',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['hold:upload'], extraModels: [lookingModel().model] });
    const opened = await launch({ fal, env });
    const { ui } = opened;
    await (await look(opened)).chooser.setInputFiles(PICTURE);
    await (await look(opened)).shows(ui, 'icon.png', 1024);
    await ui.run();
    await expect(ui.status).toHaveText('Sending the file');
    await ui.result.getByRole('button', { name: /^Cancel/ }).click();
    await expect(ui.status).toHaveText('Cancelled');
    await expect(ui.result.getByText('It was stopped before it began.')).toBeVisible();
    fal.setFaults([]);
    expect(submits(fal)).toBe(0);
  },
);

test('killed while its file is sent, a run sends it again at the next start, and is submitted once', async ({
  launch,
  startFal,
}) => {
  const { model, seen } = lookingModel();
  const fal = await startFal({ faults: ['hold:upload'], extraModels: [model] });
  const first = await launch({ fal, env, allowFaults: true });
  await (await look(first)).chooser.setInputFiles(PICTURE);
  await new FileInput(first.ui, 'Image').shows(first.ui, 'icon.png', 1024);
  await first.ui.run();
  await expect(first.ui.status).toHaveText('Sending the file');
  await expect.poll(() => uploads(fal)).toBe(1);
  const { promise, resolve } = Promise.withResolvers<void>();
  first.app.process().once('exit', () => resolve());
  first.app.process().kill('SIGKILL');
  await promise;

  const second = await launch({ fal, env });
  await expect(second.ui.status).toHaveText('Sending the file');
  fal.setFaults([]);
  await second.ui.done();
  expect([submits(fal), seen.length]).toEqual([1, 1]);
  expect(seen[0]).toMatchObject({ image_url: expect.stringMatching(/^http/) });
});

test(
  'a file that is gone is said in the field, and a run of it fails with nothing sent',
  { tag: LONG },
  async ({ launch, startFal, dataDir }) => {
    const fal = await startFal({ extraModels: [lookingModel().model] });
    const first = await launch({ fal, env });
    await (await look(first)).chooser.setInputFiles(PICTURE);
    await new FileInput(first.ui, 'Image').shows(first.ui, 'icon.png', 1024);
    await first.close();
    rmSync(join(dataDir, 'media', sha.slice(0, 2), sha));

    const { ui } = await launch({ fal, env });
    const image = new FileInput(ui, 'Image');
    await expect(image.row.getByText('This file is gone')).toBeVisible();
    await ui.run();
    await expect(ui.status).toHaveText('Failed');
    const alert = ui.result.getByRole('alert');
    await expect(alert).toContainText('not on this computer any more');
    await expect(alert).toContainText('Nothing was sent to the model and nothing is paid');
    expect([submits(fal), uploads(fal)]).toEqual([0, 0]);
  },
);

test('fal-ai/flux-lora/image-to-image by its real schema takes a file', async ({ launch, startFal }) => {
  test.skip(!haveSchemas, WHY_SKIPPED);
  const fal = await startFal({ schemas: SCHEMAS });
  const { ui } = await launch({ fal, env });
  await ui.pickModel('flux-lora/image-to-image', 'fal-ai/flux-lora/image-to-image');
  await ui.prompt.fill('the same, in oil');
  const image = new FileInput(ui, 'Image');
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(ui, 'icon.png', 1024);
  await ui.run();
  await ui.done();
  await expect(ui.picture.first()).toBeVisible();
  expect([submits(fal), uploads(fal)]).toEqual([1, 1]);
});
