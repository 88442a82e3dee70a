import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';

/** WCAG 2.2 AA and below, every rule, every element. */
export async function expectClean(page: Page, where: string): Promise<void> {
  // What is fading has less contrast than either of its ends.
  await page.addStyleTag({ content: '* { transition: none !important; animation: none !important }' });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // The default runs in every frame through a new window, which this app opens none of.
    .setLegacyMode(true)
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(found, where).toEqual([]);
}

export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: theme, exact: true }).click();
  const scheme = `(prefers-color-scheme: ${theme.toLowerCase()})`;
  await expect.poll(() => page.evaluate((query) => matchMedia(query).matches, scheme)).toBe(true);
}
