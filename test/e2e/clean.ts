import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Those that look at colours; for all others the two themes are one page. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/** WCAG 2.2 AA and below, every rule, every element; and once more in the other theme what looks at colours. */
export async function expectClean(page: Page, where: string): Promise<void> {
  // What is fading has less contrast than either of its ends.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important }' });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, (axe) => axe.withTags(TAGS)), `${where}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await violations(page, (axe) => axe.withRules(OF_COLOUR)), `${where}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: null });
}

async function violations(page: Page, narrowed: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // The default runs in every frame through a new window, which this app opens none of.
  // Only what is wrong is told in full.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const found = await narrowed(axe).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** From the settings. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: theme, exact: true }).click();
  const scheme = `(prefers-color-scheme: ${theme.toLowerCase()})`;
  await expect.poll(() => page.evaluate((query) => matchMedia(query).matches, scheme)).toBe(true);
}
