/** @file WebKitGTK's MiniBrowser, on a screen of its own, driven through W3C WebDriver. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Builder, By, Capabilities, Key, Origin } from 'selenium-webdriver';
import { isRoot } from '../../scripts/debian.js';
import { programOf } from './programs.js';

/** The window's frame is added to the page; below the width of its own tools, about 450 px, the window cannot go. */
const SCREEN = '1600x1200x24';

/** @type {import('./driver.js').Engine} */
export const webkit = {
  name: 'WebKitGTK',
  packages: ['webkit2gtk-driver', 'xvfb'],
  missing: () => ['WebKitWebDriver', 'Xvfb'].filter((program) => programOf(program) === undefined),
  async start(folder) {
    const env = { ...process.env, ...home(folder), ...(isRoot && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }) };
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    process.on('exit', () => screen.kill());
    const [display] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
    const port = await freePort();
    const server = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...env, DISPLAY: `:${String(display).trim()}` },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    process.on('exit', () => server.kill());
    await answering(`http://127.0.0.1:${port}/status`);
    const browser = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities(new Capabilities({ browserName: 'MiniBrowser' }))
      .build();
    const window = browser.manage().window();
    return {
      version: `WebKitGTK ${(await browser.getCapabilities()).getBrowserVersion()}`,
      downloads: path.join(folder, 'downloads'),
      async open(url) {
        // An address that differs in its hash alone loads nothing.
        await browser.get('about:blank');
        await browser.get(url);
      },
      evaluate: (look, ...args) => browser.executeScript(look, ...args),
      async point(steps) {
        const actions = browser.actions({ async: true });
        for (const { do: what, x, y } of steps) {
          actions.move({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 20 });
          if (what === 'down') actions.press();
          if (what === 'up') actions.release();
        }
        await actions.perform();
      },
      type: (text) => browser.actions().sendKeys(text.replaceAll('\n', Key.ENTER)).perform(),
      choose: (css, file) => browser.findElement(By.css(css)).sendKeys(file),
      async resize(width, height) {
        await window.setRect({ width, height });
        /** @type {number} */
        const inner = await browser.executeScript('return innerHeight');
        await window.setRect({ width, height: 2 * height - inner });
      },
      screenshot: async () => Buffer.from(await browser.takeScreenshot(), 'base64'),
      close: () => browser.quit(),
    };
  },
};

/** A home of its own, so that nothing is left of an earlier run and downloads go where they are looked for. @param {string} folder */
function home(folder) {
  const config = path.join(folder, 'config');
  for (const each of [config, path.join(folder, 'downloads')]) mkdirSync(each, { recursive: true });
  writeFileSync(path.join(config, 'user-dirs.dirs'), 'XDG_DOWNLOAD_DIR="$HOME/downloads"\n');
  return { HOME: folder, XDG_CONFIG_HOME: config, XDG_DATA_HOME: path.join(folder, 'data'), NO_AT_BRIDGE: '1' };
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {string} url */
async function answering(url) {
  for (let attempt = 0; ; attempt++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (attempt === 100) throw new Error('WebKitWebDriver does not answer.', { cause: error });
      await wait(100);
    }
  }
}
