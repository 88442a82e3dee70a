import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readText } from '../../electron/saving/png-text.ts';
import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';
import { FileInput } from './file-input.ts';
import { showingModel } from './showing-model.ts';

const MODEL = 'test/showing';
const ADDRESS = 'https://example.com/heath.png';

/** Runs it without the form, and waits for its end. */
async function finished(page: Page, input: Readonly<Record<string, string>>): Promise<number> {
  return page.evaluate(
    async ([endpointId, input]) => {
      const { commands, events } = window.playground;
      const profiles = await commands['profiles.list'](null);
      if (!profiles.ok) throw new Error(profiles.error.title);
      const { promise, resolve } = Promise.withResolvers<number>();
      const stop = events['runs.changed'](({ id, state }) => {
        if (state.kind === 'succeeded') resolve(id);
      });
      const profileId = profiles.value.active;
      const how = { method: 'queue', options: {}, overLimit: false } as const;
      const started = await commands['runs.start']({ profileId, endpointId, input, ...how });
      if (!started.ok) throw new Error(started.error.title);
      return promise.finally(stop);
    },
    [MODEL, input] as const,
  );
}

/** Lets a file go over the middle of the window. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.getByRole('main').evaluate(
    (element, [name, bytes]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      const init = { bubbles: true, cancelable: true, dataTransfer };
      for (const type of ['dragover', 'drop']) element.dispatchEvent(new DragEvent(type, init));
    },
    [name, [...bytes]] as const,
  );
}

test('two results are compared by keys, and a picture that was saved brings its request back', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const fal = await startFal({ extraModels: [showingModel()] });
  const { app, ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel('showing', MODEL);
  const first = await finished(page, { show: 'four' });
  const second = await finished(page, { show: 'four', image_url: ADDRESS });
  await ui.go('History');
  const tile = (id: number) => page.locator(`[data-tile="${id}"]`);
  for (const id of [first, second]) await tile(id).click({ modifiers: ['ControlOrMeta'] });
  const button = page.getByRole('button', { name: 'Compare' });
  await button.press('Enter');
  const comparison = page.getByRole('region', { name: 'Comparison of 2 runs' });
  await expect(comparison).toBeFocused();
  const [one, two] = [1, 2].map((n) => comparison.getByRole('img', { name: new RegExp(`^${n}: `) }));

  await test.step('side by side they are moved as one, and what differs stands below', async () => {
    const widths = async (): Promise<unknown> =>
      Promise.all([one, two].map(async (img) => Math.round((await img?.boundingBox())?.width ?? 0)));
    await page.keyboard.press('0');
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('+');
    await expect.poll(widths).toEqual([938, 938]);
    await expect(comparison.getByRole('button', { name: '1 input differs' })).toBeVisible();
    await expect(comparison.getByRole('row', { name: /^image_url/ })).toContainText(`not set${ADDRESS}`);
    await comparison.getByRole('button', { name: '1 equal' }).press('Enter');
    await expect(comparison.getByRole('row', { name: /^show/ })).toContainText('fourfour');
    await expectClean(page, 'compared');
  });

  await test.step('over each other, subtracted, one in front of the other, and back', async () => {
    await page.keyboard.press('m');
    const edge = comparison.getByRole('slider', { name: 'Edge between 1 and 2' });
    await edge.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', '52');
    await page.keyboard.press('m');
    await expect(comparison.getByText('No pixel differs.')).toBeVisible();
    await comparison.getByRole('button', { name: 'Next picture of 2' }).click();
    await expect(comparison.getByText(/^100 % of the pixels differ, by 145 of 255 at most/)).toBeVisible();
    await page.keyboard.press('2');
    await expect(two ?? comparison).toBeVisible();
    await expect(one ?? comparison).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(comparison.getByText(/^100 % of the pixels/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(comparison).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  await test.step('a saved picture holds its request, and dropped on the window it opens it', async () => {
    await tile(second).click();
    const target = join(dataDir, 'kept.png');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, target);
    await page.getByRole('button', { name: 'Save a copy…' }).first().click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    const saved = await readFile(target);
    expect(readText(saved, 'fal')).toContain(`"image_url":"${ADDRESS}"`);
    await drop(page, 'words.png', new TextEncoder().encode('only words'));
    await expect(page.getByText('“words.png” holds no request').first()).toBeVisible();
    await drop(page, 'kept.png', saved);
    await expect(new FileInput(ui, 'Image').url).toHaveValue(ADDRESS);
  });
});
