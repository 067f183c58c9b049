import { defineConfig } from 'vitest/config';

/** What starts a real browser. */
const BROWSER = ['test/browser/**/*.test.ts', 'test/packaging/**/*.test.ts', 'test/channels/*.browser.test.ts', 'test/codes/explorer.test.ts', 'test/server/media-recorder.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          globalSetup: ['test/leftovers.ts'],
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
          // The property tests walk thousands of sequences; a busy machine takes its time.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['test/**/*.test.ts'],
          exclude: BROWSER,
          globalSetup: ['test/leftovers.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: BROWSER,
          globalSetup: ['test/leftovers.ts'],
          // Each waits for a camera most of the time; more of them would take each other's frames.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
