import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { KINDS_ID, kindsModel } from './kinds-model.ts';

/** Sends all of them at once, as a batch does; their ids. */
const send = (page: Page, prompts: readonly string[]): Promise<readonly number[]> =>
  page.evaluate(
    async ([endpointId, wanted]) => {
      const { commands } = window.playground;
      const profiles = await commands['profiles.list'](null);
      const started = await commands['runs.startMany']({
        profileId: profiles.ok ? profiles.value.active : '',
        kind: 'seeds',
        runs: wanted.map((prompt, index) => ({
          endpointId,
          input: { prompt },
          method: 'queue',
          options: {},
          column: { index, label: prompt },
          row: { index: 0, label: '' },
        })),
        overLimit: true,
      });
      return started.ok ? started.value.map(({ id }) => id) : [];
    },
    [KINDS_ID, prompts] as const,
  );

/** The files that stand for these runs, and how their small pictures are. */
const thumbsOf = (page: Page, ids: readonly number[]) =>
  page.evaluate(
    async (asked) => {
      const cards = await window.playground.commands['history.cards']({ ids: asked });
      return cards.ok ? cards.value.map(({ thumb }) => thumb) : [];
    },
    [...ids],
  );

test('what a run brings is drawn small unasked, and a file that goes or is altered is found and comes again', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const fal = await startFal({ extraModels: [kindsModel()] });
  const { page, ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const drawn = ['picture', 'video', 'sound'];
  const not = ['broken picture', 'broken sound', 'vast picture', 'object'];
  const ids = await send(page, [...drawn, ...not]);
  const pathOf = (sha256: string): string => join(dataDir, 'media', sha256.slice(0, 2), sha256);

  await test.step('small pictures', async () => {
    const smalls = async () => (await thumbsOf(page, ids)).map((thumb) => thumb?.small);
    await expect
      .poll(smalls)
      .toEqual(['made', 'made', 'made', 'impossible', 'impossible', 'impossible', 'none']);
    for (const thumb of (await thumbsOf(page, ids)).slice(0, drawn.length)) {
      const sha256 = thumb?.sha256 ?? '';
      const small = await stat(join(dataDir, 'thumbs', sha256.slice(0, 2), `${sha256}.webp`));
      expect(small.size).toBeLessThan(60_000);
      const size = await page.evaluate(async (src) => {
        const picture = new Image();
        picture.src = src;
        await picture.decode();
        const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
        const context = canvas.getContext('2d');
        context?.drawImage(picture, 0, 0);
        const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return { side: Math.max(canvas.width, canvas.height), colours: new Set(pixels).size };
      }, `/thumb/${sha256}`);
      expect(size.side).toBeLessThanOrEqual(384);
      expect(size.side).toBeGreaterThan(100);
      expect(size.colours).toBeGreaterThan(10);
    }
  });

  const storage = page.getByRole('region', { name: 'Storage' });
  await test.step('what is missing or altered is found', async () => {
    const [gone, altered] = await thumbsOf(page, ids);
    await rm(pathOf(gone?.sha256 ?? ''));
    await writeFile(pathOf(altered?.sha256 ?? ''), 'another film');
    await ui.go('Settings');
    await storage.getByRole('button', { name: 'Check now' }).click();
    await expect(storage.getByRole('status').last()).toHaveText(
      '1 file is missing.1 file is not what was kept.',
    );
  });

  await test.step('one is downloaded again where it is looked at', async () => {
    await ui.go('History');
    await page
      .getByRole('gridcell')
      .getByRole('button', { name: /^picture/ })
      .click();
    await expect(page.getByText('This file is not here any more')).toBeVisible();
    await page.getByRole('button', { name: 'Download again' }).click();
    expect((await ui.decodedSize(page.getByRole('img', { name: /^Result:/ }))).width).toBe(1024);
    await expect(page.locator('[data-output]')).toBeFocused();
  });

  await test.step('the others by a repair', async () => {
    await ui.go('Settings');
    await storage.getByRole('button', { name: 'Repair' }).click();
    await expect(storage.getByRole('button', { name: 'Check now' })).toBeFocused();
    await expect(storage.getByText('2 files are as before.')).toBeVisible();
    await storage.getByRole('button', { name: 'Check now' }).click();
    await expect(storage.getByText(/^All is well: /)).toBeVisible();
  });
});
