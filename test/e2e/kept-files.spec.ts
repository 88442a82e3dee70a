import { stat } from 'node:fs/promises';
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

test('what a run brings is drawn small without being looked at, and what cannot be is said to be so', async ({
  launch,
  startFal,
  dataDir,
}) => {
  const fal = await startFal({ extraModels: [kindsModel()] });
  const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const drawn = ['picture', 'video', 'sound'];
  const not = ['broken picture', 'broken sound', 'vast picture', 'object'];
  const ids = await send(page, [...drawn, ...not]);
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
