import { LONG } from '../../playwright.config.ts';
import { generateHistory } from '../history/generate.ts';
import { expect, test } from './app.ts';

const RUNS = 100_000;
const PATIENT = { timeout: 60_000 };

test(
  'a history of a hundred thousand runs: looked at to its end, searched, and nothing found said',
  { tag: LONG },
  async ({ launch, dataDir }) => {
    // To make them takes two minutes.
    test.setTimeout(900_000);
    await generateHistory({ dir: dataDir, runs: RUNS, until: Date.UTC(2026, 9, 1) });
    const { ui, page } = await launch();
    const tiles = page.locator('[data-tile]');
    const found = page.getByRole('search', { name: 'History' }).getByRole('status');
    const box = page.getByRole('combobox', { name: 'Search the history' });

    await test.step('it opens with the newest, and all of them are counted', async () => {
      await ui.go('History');
      await expect(tiles.first()).toHaveAccessibleName(/./);
      // A hundredth is in the trash.
      await expect(found).toHaveText(/^9[89],\d{3} found$/, PATIENT);
      // Only what is in sight is in the page.
      expect(await tiles.count()).toBeLessThan(300);
    });
    await test.step('the end is reached by one key, and its runs are read', async () => {
      const first = await tiles.first().getAttribute('data-tile');
      await tiles.first().focus();
      await page.keyboard.press('End');
      await expect(page.locator('[data-tile]:focus')).not.toHaveAttribute('data-tile', first ?? '');
      await expect(page.locator('[data-tile]:focus')).not.toHaveAccessibleName('Not read yet', PATIENT);
      await expect(page.locator(`[data-tile="${first}"]`)).toHaveCount(0);
    });
    await test.step('a word that few have', async () => {
      await box.fill('ornithopter');
      await expect(found).toHaveText(/^\d{1,2} found$/, PATIENT);
      await expect(tiles.first()).toHaveAccessibleName(/ornithopter/, PATIENT);
    });
    await test.step('words that nobody wrote', async () => {
      await box.fill('ornithopter -ornithopter');
      await expect(page.getByText('Nothing found')).toBeVisible(PATIENT);
      await expect(found).toHaveText('0 found', PATIENT);
    });
  },
);
