import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Workers, and the commands that tests start, load the same packages again and again: compiled once, they load faster.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compile');

/** Trials with real agents, worlds and exporters: all in the process of the test, and no ClickHouse. */
const trials = '{agents,harness,scenarios}/**/*.it.test.ts';

/** `expect.poll` waits as long as a slow and busy machine may need; by default it gives up after a second. */
const patient = { poll: { timeout: 60_000 } };

const seeds = './ci/seed-properties.ts';

/** unit: pure, in seconds. trials: see above. integration (*.it.test.ts): real ClickHouse. e2e: a real browser. */
export default defineConfig({
  test: {
    // Tests mostly wait for ClickHouse or a browser: on two cores one worker leaves half of the machine idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          expect: patient,
          setupFiles: [seeds],
          // They hold no state, so a worker need not load everything anew for each file.
          isolate: false,
          testTimeout: 30_000,
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.it.test.ts'],
        },
      },
      {
        test: {
          name: 'trials',
          expect: patient,
          setupFiles: [seeds],
          // Packs, agents and the openai package take seconds to load: once a worker, since each file ends what it starts.
          isolate: false,
          include: [trials],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          expect: patient,
          setupFiles: [seeds, './collector/testing/limit-properties.ts'],
          include: ['**/*.it.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', trials],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patient,
          setupFiles: [seeds],
          // As for unit tests.
          isolate: false,
          include: ['**/*.e2e.ts'],
          globalSetup: ['dashboard/e2e/build-once.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
