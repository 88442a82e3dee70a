import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,test}/**/*.test.ts'],
    environment: 'node',
    // Its own default leaves a core free; most of these tests wait for servers and disks.
    maxWorkers: availableParallelism(),
    // Servers, workers and files are real in these tests; a hang is a bug, not a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
