/** @file The built page in Firefox and in Safari's engine: one scenario in both, and at the end the sum over its steps. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { firefox } from '../tests/browsers/firefox.js';
import { Page } from '../tests/browsers/page.js';
import { SCENARIO } from '../tests/browsers/scenario.js';
import { serve } from '../tests/browsers/serve.js';
import { webkit } from '../tests/browsers/webkit.js';
import { installOnDebian } from './debian.js';

const PICTURES = 'test-results/browsers';
const steps = Object.entries(SCENARIO);

/** @typedef {{ name: string, said: string, passed: number, failed: number }} Result of one browser */

/**
 * @param {import('../tests/browsers/driver.js').Engine} engine
 * @param {import('../tests/browsers/serve.js').Served} served
 * @returns {Promise<Result>}
 */
async function visit(engine, served) {
  const folder = mkdtempSync(path.join(tmpdir(), 'patience-browser-'));
  const pictures = path.join(PICTURES, engine.name.toLowerCase());
  mkdirSync(pictures, { recursive: true });
  const driver = await engine.start(folder);
  console.log(`\n── ${driver.version}`);
  const picture = async (/** @type {string} */ name) => {
    writeFileSync(path.join(pictures, `${name.replaceAll(' ', '-')}.png`), await steady(driver));
  };
  let passed = 0;
  try {
    for (const [name, step] of steps) {
      const said = await step({ page: new Page(driver), url: served.url, folder, picture });
      const complaints = served.complaints.splice(0);
      if (complaints.length > 0) throw new Error(`The page complained: ${complaints.join('\n')}`);
      passed += 1;
      console.log(`✓ ${name}${said ? `: ${said}` : ''}`);
    }
  } catch (error) {
    console.error(`✗ ${steps[passed]?.[0]}:`, error);
    for (const complaint of served.complaints.splice(0)) console.error(`The page complained: ${complaint}`);
    await picture('failed');
  } finally {
    await driver.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const left = steps.length - passed;
  return {
    name: driver.version,
    said: left === 0 ? 'every step' : `ended at step ${passed + 1}`,
    passed,
    failed: left,
  };
}

/** @param {import('../tests/browsers/driver.js').Engine} engine @param {unknown} error @returns {Result} */
function unstarted({ name }, error) {
  console.error(error);
  return { name, said: 'could not be started or closed', passed: 0, failed: steps.length };
}

/** Charts take some frames to draw: the picture is taken when two are the same, or after some seconds. @param {import('../tests/browsers/driver.js').Driver} driver */
async function steady(driver) {
  let last = await driver.screenshot();
  for (let turn = 0; turn < 10; turn++) {
    await wait(500);
    const next = await driver.screenshot();
    if (Buffer.compare(last, next) === 0) break;
    last = next;
  }
  return last;
}

/**
 * @param {import('../tests/browsers/driver.js').Engine} engine
 * @returns {string[]} programs that are missing and cannot be had
 */
function missing(engine) {
  if (engine.missing().length > 0) installOnDebian(...engine.packages);
  return engine.missing();
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync(PICTURES, { recursive: true, force: true });
await build({ logLevel: 'error' });
const served = await serve();
/** @type {Result[]} */
const results = [];
for (const engine of [firefox, webkit]) {
  const programs = missing(engine);
  if (programs.length === 0) results.push(await visit(engine, served).catch((error) => unstarted(engine, error)));
  else {
    const said = `not tried: ${programs.join(' and ')} cannot be had here (Debian packages: ${engine.packages.join(', ')})`;
    results.push({ name: engine.name, said, passed: 0, failed: process.env.CI ? steps.length : 0 });
  }
}
await served.close();

console.log(`\nScreenshots: ${PICTURES}`);
for (const { name, said } of results) console.log(`${name}: ${said}`);
const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);
