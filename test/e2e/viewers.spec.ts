import type { Locator } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';
import { KINDS_ID, kindsModel } from './kinds-model.ts';
import type { Playground } from './playground.ts';

/** Graphics without a graphics card take their time on a busy machine. */
const PATIENT = { timeout: 90_000 };

/** Results that cannot be shown as what they are called, and what is said of each. */
const BROKEN: ReadonlyMap<string, RegExp> = new Map([
  ['broken picture', /Picture \(PNG\) · 9 bytes\. It cannot be shown/],
  ['broken sound', /Sound \(MP3\) · 14 bytes\. It cannot be shown/],
  ['broken object', /3D model \(GLB\) · 700 bytes\. It cannot be shown/],
  ['packed object', /It is packed with Draco, which cannot be read here/],
  ['scattered object', /Its textures or shapes are in other files/],
  ['page for a picture', /The model calls this an image\. What came is text\./],
  ['private', /Results are read from https addresses of the web alone/],
]);

/** Runs the model once a kind, and then shows what it made of each by the strip of its last results. */
async function make(ui: Playground, kinds: readonly string[]): Promise<(kind: string) => Promise<void>> {
  await ui.pickModel('kinds', KINDS_ID);
  const made = ui.result.getByRole('list', { name: 'last results' });
  for (const kind of kinds) {
    await ui.prompt.fill(kind);
    await ui.run();
    await expect(made.getByRole('button', { name: new RegExp(`^${kind}, `) })).toBeVisible();
  }
  return async (kind) => {
    await made.getByRole('button', { name: new RegExp(`^${kind}, `) }).click();
    await ui.done();
  };
}

const part = (ui: Playground, name: string): Locator =>
  ui.result.getByRole('list', { name: 'Files of this result' }).getByRole('button', { name, exact: true });

/** Whether the bars are there, and not the plain line of a sound that could not be drawn. */
const drawn = (within: Locator): Locator => within.locator('svg[data-drawn="true"]').first();

test('every kind of result is shown as what it is, in both themes', async ({ launch, startFal }) => {
  test.slow();
  const fal = await startFal({ extraModels: [kindsModel()] });
  const { app, ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const show = await make(ui, [
    'object',
    'sound',
    'stems',
    'captions',
    'transcript',
    'everything',
    'weights',
    ...BROKEN.keys(),
  ]);
  const { result } = ui;

  await test.step('a sound is seen, and sought in by keys and by clicks', async () => {
    await show('sound');
    const position = result.getByRole('slider', { name: 'Position in Result: chord.wav' });
    await expect(position).toHaveAttribute('aria-valuetext', '0:00 of 0:01');
    await expect(drawn(position)).toBeVisible();
    await position.press('End');
    await expect(position).toHaveAttribute('aria-valuetext', '0:01 of 0:01');
    await position.press('Home');
    await expect(position).toHaveAttribute('aria-valuetext', '0:00 of 0:01');
    const box = await position.boundingBox();
    await position.click({ position: { x: (box?.width ?? 0) * 0.8, y: 10 } });
    await expect(position).toHaveAttribute('aria-valuetext', '0:01 of 0:01');
    await result.getByRole('button', { name: 'Play' }).click();
    await expect
      .poll(() => page.locator('audio').evaluate((sound) => Reflect.get(sound, 'played').length))
      .toBe(1);
    await expectClean(page, 'a sound');
  });

  await test.step('sounds of one result stand together', async () => {
    await show('stems');
    const sounds = result.getByRole('list', { name: 'Sounds of this result' });
    await expect(sounds.getByRole('heading')).toHaveText(['vocals', 'drums']);
    await expect(sounds.getByRole('slider')).toHaveCount(2);
    await expect(sounds.getByRole('button', { name: 'Save drums…' })).toBeVisible();
  });

  await test.step('captions follow the film they belong to', async () => {
    await show('captions');
    await part(ui, 'File 2 of 2').click();
    const lines = result.getByRole('region', { name: 'Transcript' });
    await expect(lines.getByRole('listitem')).toHaveText(['0:00Over the hills', '0:01and far away.']);
    await lines.getByRole('button', { name: 'Play from 0:01' }).click();
    await expect
      .poll(() => result.getByLabel('clip.mp4').evaluate((film) => Reflect.get(film, 'currentTime')))
      .toBe(1);
    await expect(lines.getByRole('listitem').nth(1)).toHaveAttribute('aria-current', 'true');
    await expectClean(page, 'captions');
  });

  await test.step('a transcript is copied as subtitles', async () => {
    await show('transcript');
    await result.getByRole('button', { name: 'Copy as SRT' }).click();
    await expect(page.getByText('Subtitles copied')).toBeVisible();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain(
      '00:00:00,900 --> 00:00:03,900\nSPEAKER_01: and far away.',
    );
  });

  await test.step('a result of several kinds has each in its place', async () => {
    await show('everything');
    await expect(ui.picture).toBeVisible();
    await part(ui, 'Text').click();
    await expect(result.getByText('A hill, what it sounds like')).toBeVisible();
    await part(ui, 'File 3 of 3').click();
    await expect(result.getByText('ZIP archive · 162 bytes')).toBeVisible();
    await show('weights');
    await expect(result.getByText('Model weights (safetensors)')).toBeVisible();
  });

  await test.step('what cannot be shown is a file with words, or says where it is', async () => {
    for (const [kind, words] of BROKEN) {
      await show(kind);
      await expect(result.getByText(words)).toBeVisible();
    }
    await expect(result.getByRole('button', { name: 'Fetch again' })).toHaveCount(0);
  });

  await test.step('an object is turned by keys, and put back', async () => {
    // Fewer pixels, for a machine that reckons each by itself.
    await page.setViewportSize({ width: 860, height: 480 });
    await show('object');
    const view = result.getByRole('group', { name: 'View of the object' });
    await expect(view).toBeVisible(PATIENT);
    const angle = (): Promise<number> =>
      page.locator('model-viewer').evaluate((element) => {
        const orbit: unknown = Reflect.apply(Reflect.get(element, 'getCameraOrbit'), element, []);
        return Math.round((Number(Reflect.get(Object(orbit), 'theta')) * 180) / Math.PI);
      });
    expect(await angle()).toBe(30);
    await page.locator('model-viewer .userInput').press('ArrowRight');
    await expect.poll(angle, PATIENT).not.toBe(30);
    await view.getByRole('button', { name: 'As at first' }).click();
    await expect.poll(angle, PATIENT).toBe(30);
    await expectClean(page, 'an object');
  });
});
