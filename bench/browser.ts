/** @file Launches the browser that is measured, and describes the machine. */
import { cpus, loadavg } from 'node:os';
import { chromium, type Browser, type Page } from '@playwright/test';
import { BROWSER_FLAGS, ensureBrowser } from '../scripts/browser.js';

export interface Machine {
  browser: string;
  /** As WebGPU names it, and whether a processor plays it. */
  adapter: string;
  cores: number;
  processor: string;
  platform: string;
  /** Processes that wanted a core in the last minute before the run, on average; 0 on Windows, which does not say. */
  load: number;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: BROWSER_FLAGS });
}

export async function machineOf(browser: Browser, page: Page): Promise<Machine> {
  const adapter = await page.evaluate(async () => {
    const info = (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }))?.info;
    if (!info) return 'no WebGPU adapter';
    const name = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
    return /swiftshader|llvmpipe|lavapipe/i.test(name) ? `${name} (software: the processor plays the GPU)` : name;
  });
  return {
    browser: `${browser.browserType().name()} ${browser.version()}`,
    adapter,
    cores: cpus().length,
    processor: cpus()[0]!.model,
    platform: process.platform,
    load: loadavg()[0]!,
  };
}
