/** @file Firefox, driven through WebDriver BiDi. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { programOf } from './programs.js';

const executable = () => programOf('firefox-esr') ?? programOf('firefox');

/** @type {import('./driver.js').Engine} */
export const firefox = {
  name: 'Firefox',
  packages: ['firefox-esr'],
  missing: () => (executable() === undefined ? ['firefox-esr'] : []),
  async start(folder) {
    const downloads = path.join(folder, 'downloads');
    mkdirSync(downloads, { recursive: true });
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executable(),
      headless: true,
      extraPrefsFirefox: {
        'browser.download.folderList': 2,
        'browser.download.dir': downloads,
        // A page with an unsaved run asks before it is left, which nobody answers here.
        'dom.disable_beforeunload': true,
      },
    });
    const page = await browser.newPage();
    return {
      version: `Firefox ${(await browser.version()).split('/')[1]}`,
      downloads,
      async open(url) {
        // An address that differs in its hash alone loads nothing.
        await page.goto('about:blank');
        await page.goto(url);
      },
      evaluate: (look, ...args) => page.evaluate(/** @type {any} */ (look), ...args),
      async point(steps) {
        for (const { do: what, x, y } of steps) {
          await page.mouse.move(x, y);
          if (what !== 'move') await page.mouse[what]();
        }
      },
      async type(text) {
        for (const key of text) await page.keyboard.press(/** @type {any} */ (key === '\n' ? 'Enter' : key));
      },
      async choose(css, file) {
        const field = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement> | null} */ (
          await page.$(css)
        );
        if (!field) throw new Error(`There is no ${css} to give a file to.`);
        await field.uploadFile(file);
      },
      resize: (width, height) => page.setViewport({ width, height }),
      screenshot: () => page.screenshot(),
      close: () => browser.close(),
    };
  },
};
