/** @file Which browser the tests drive, and the flags that give it WebGPU with or without a GPU. */
import { chromium } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnDebian, isRoot } from './debian.js';

const { env, platform } = process;

/**
 * `swiftshader` is Chromium's software adapter, the same on every machine; `default` takes the machine's own GPU where
 * it has one and ends at the software adapter where it has none.
 */
const adapter = env.PATIENCE_ADAPTER ?? (env.CI ? 'swiftshader' : 'default');

export const BROWSER_FLAGS = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--ignore-gpu-blocklist',
  ...(adapter === 'swiftshader' ? ['--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader'] : []),
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** @returns {string[]} places where a browser may be, the better first */
function candidates() {
  const asked = [env.CHROME_PATH, env.CHROMIUM].flatMap((file) => file || []);
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].flatMap((root) => root || []);
    const programs = [
      'Google/Chrome/Application/chrome',
      'Chromium/Application/chrome',
      'Microsoft/Edge/Application/msedge',
    ];
    return [...asked, ...programs.flatMap((name) => roots.map((root) => path.join(root, `${name}.exe`)))];
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', path.join(homedir(), 'Applications')];
    const programs = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    return [...asked, ...programs.flatMap((name) => roots.map((root) => `${root}/${name}.app/Contents/MacOS/${name}`))];
  }
  const roots = [...(env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'];
  const programs = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return [...asked, ...programs.flatMap((name) => roots.map((root) => path.join(root, name)))];
}

/**
 * A file alone is not a browser: it may be a stub, or lack the system's libraries.
 * @param {string} file
 */
function runs(file) {
  if (!existsSync(file)) return false;
  // On Windows `--version` opens a window; its installers leave no stubs.
  return platform === 'win32' || spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** @returns {string | undefined} the executable of a Chrome, Chromium or Edge of this machine, or Playwright's own */
export function findBrowser() {
  return [...candidates(), chromium.executablePath()].find(runs);
}

/** Finds a browser, else installs one. @returns {string} its executable */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  for (const install of [installWithPlaywright, () => installOnDebian('chromium')]) {
    install();
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error('No browser with WebGPU: install Chrome, Chromium or Edge, or set CHROME_PATH to its executable.');
}

function installWithPlaywright() {
  console.error('No Chrome, Chromium or Edge here: installing Chromium with Playwright');
  const cli = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url));
  spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
}
