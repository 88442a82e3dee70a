import { expect } from '@playwright/test';
import { browsedModel } from '../e2e/browsed-models.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import { PageWork } from './page-work.ts';
import type { Bench } from './row.ts';
import { quantile, rounded } from './statistics.ts';

/** As many as the longest choice on fal has (heygen's avatars). */
const COUNT = 1287;
const ROUNDS = 40;
const WARM_UP = 5;
const GOAL = 50;
const ID = 'test/avatars';

/** From the key that opens a choice of 1,287 entries until they are drawn, at the first and at one far down. */
export const openChoices: Bench = {
  name: 'open-choices',
  run: async (say) => {
    const document = makeDocument(ID, {
      In: {
        type: 'object',
        required: ['avatar'],
        properties: { avatar: { type: 'string', title: 'Avatar', enum: names() } },
      },
      Out: { type: 'object', properties: {} },
    });
    const model = { ...browsedModel(ID, { name: 'Avatars' }), openapi: () => document };
    const fal = await startTestFal({ pace: 0, extraModels: [model] });
    const built = await openBuiltApp(fal.url);
    try {
      const { page, ui } = built;
      await ui.pickModel(ID, ID);
      const avatar = ui.request.getByRole('combobox', { name: 'Avatar' });
      const options = page.getByRole('option');
      const work = await PageWork.of(page);
      const open = async (): Promise<number> => {
        await avatar.focus();
        const took = await work.press('Enter');
        await expect(options.first()).toBeVisible();
        return took;
      };
      const times: number[] = [];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const took = await open();
        if (round >= WARM_UP) times.push(took);
        if (round === WARM_UP + ROUNDS / 2) {
          await page.keyboard.type('avatar 1200');
          await page.keyboard.press('Enter');
        } else await page.keyboard.press('Escape');
        await expect(options).toHaveCount(0);
      }
      say(`open-choices: ${times.length} openings of ${COUNT} entries`);
      const ours = quantile(times, 0.95);
      return [
        {
          name: 'open-choices',
          unit: 'ms p95',
          ours: rounded(ours),
          official: null,
          limit: null,
          goal: `<= ${GOAL}`,
          met: ours <= GOAL,
        },
      ];
    } finally {
      await built.close();
      await fal.close();
    }
  },
};

const names = (): readonly string[] => Array.from({ length: COUNT }, (_, i) => `Avatar ${i} in a blue shirt`);
