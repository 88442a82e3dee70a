import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,test}/**/*.test.ts'],
    environment: 'node',
    // Its own default leaves a core free; these tests wait for servers, clocks and disks as long as they reckon.
    maxWorkers: availableParallelism() + 1,
    // Servers, workers and files are real in these tests; a hang is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
