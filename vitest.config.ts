import { defineConfig } from 'vitest/config';

/** What starts a real browser. */
const BROWSER = ['test/browser/**/*.test.ts', 'test/packaging/**/*.test.ts', 'test/channels/*.browser.test.ts', 'test/codes/explorer.test.ts', 'test/server/media-recorder.test.ts', 'test/trace/trace.test.ts'];

/** Those without a browser first, most of which wait; then those with one: beside a test that computes, a camera would lose its frames. */
const WITHOUT_BROWSER = { maxWorkers: 2, sequence: { groupOrder: 0 } };
const WITH_BROWSER = { maxWorkers: 2, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          ...WITHOUT_BROWSER,
          setupFiles: ['test/leftovers.ts'],
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
          // The property tests walk thousands of sequences; a busy machine takes its time.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'system',
          ...WITHOUT_BROWSER,
          include: ['test/**/*.test.ts'],
          exclude: BROWSER,
          setupFiles: ['test/leftovers.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'browser',
          // Each waits for a camera most of the time; more of them would take each other's frames.
          ...WITH_BROWSER,
          include: BROWSER,
          globalSetup: ['test/browser-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
