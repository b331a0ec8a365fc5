/** @file End-to-end tests: the built page, served from a sub-path as any static host may, in a browser with WebGPU. */
import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from './scripts/browser.js';

// The first process to read this chooses the port; its workers inherit it.
const port = (process.env.PATIENCE_PORT ??= String(20_000 + Math.floor(Math.random() * 10_000)));
const url = `http://127.0.0.1:${port}/any/folder/`;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // One page at a time: the software adapter already uses every core.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: url,
    actionTimeout: 15_000,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: findBrowser(), args: BROWSER_FLAGS },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `npx vite build && npx vite preview --host 127.0.0.1 --port ${port} --strictPort --base /any/folder/`,
    url,
    timeout: 300_000,
  },
});
