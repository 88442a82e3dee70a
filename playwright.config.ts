import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** Tags a test that `npm run soak` runs and `npm test` does not: what it shows is shown of a part of the program there as well. */
export const LONG = '@long';

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/global-setup.ts',
  // Each test opens an app with a profile of its own, so files may run side by side; they wait as long as they reckon.
  workers: availableParallelism() + 1,
  ...(process.env['SOAK'] === undefined ? { grepInvert: new RegExp(LONG) } : { grep: new RegExp(LONG) }),
  // Some walk through many states; a machine that does other work beside takes several times as long.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  retries: 0,
  forbidOnly: true,
  outputDir: 'test-results',
});
