import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Playground } from '../e2e/playground.ts';

/** Starts what the open model streams, and waits until the picture moves. */
export async function startStream(ui: Playground): Promise<void> {
  await ui.request.getByRole('button', { name: /^Start/ }).click();
  await untilFrame(ui.page, 3);
}

/** The number of the frame in sight, counted by main through the session; 0 while there is none. */
export async function frameInSight(page: Page): Promise<number> {
  const canvas = page.getByRole('img', { name: 'Live picture' });
  return (await canvas.isVisible()) ? Number((await canvas.getAttribute('data-frame')) ?? 0) : 0;
}

/** A steady rate makes this a time too, but never one that a slow machine could miss. */
export async function untilFrame(page: Page, frame: number): Promise<void> {
  await expect.poll(() => frameInSight(page), { timeout: 240_000 }).toBeGreaterThanOrEqual(frame);
}

/** Leaves the screen and comes back, so that the session ends and another begins. */
export async function anotherSession(ui: Playground): Promise<void> {
  await ui.go('Playground');
  await ui.go('Realtime');
  await expect(ui.request.getByRole('button', { name: /^Start/ })).toBeEnabled({ timeout: 60_000 });
  await startStream(ui);
}
