/** @file Two test runs: `unit` in plain Node, `browser` in a real browser with WebGPU. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BROWSER_FLAGS, findBrowser } from './scripts/browser.js';
import { propertySeeds } from './scripts/property-seeds.js';

/** Of both runs: a test without an assertion fails, property tests have seeds that are known. */
const shared = {
  setupFiles: ['scripts/property-setup.ts'],
  provide: { seeds: propertySeeds(process.env.PATIENCE_SEED) },
  expect: { requireAssertions: true },
};

const SVELTE_CLIENT = new URL('node_modules/svelte/src/index-client.js', import.meta.url).pathname;

export default defineConfig({
  test: {
    globalSetup: ['scripts/property-seeds.js'],
    projects: [
      {
        extends: './vite.config.ts',
        // Node would take Svelte's half for servers, which has no effects.
        resolve: { alias: [{ find: /^svelte$/, replacement: SVELTE_CLIENT }] },
        test: {
          ...shared,
          name: 'unit',
          environment: 'node',
          include: ['{src,datasets,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          ...shared,
          name: 'browser',
          include: ['{src,datasets}/**/*.browser.test.ts'],
          testTimeout: 60_000,
          // One page at a time: the software adapter already uses every core.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findBrowser(), args: BROWSER_FLAGS } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
