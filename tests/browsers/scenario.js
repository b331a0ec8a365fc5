/** @file The main job of the page, step by step, as every browser has to do it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

const STATUS = '.t-status';
const VERDICT = '.verdict';
const OUTCOME = '.outcome';
const HANDLE = '.handle[role=slider]';
const TRAIN = '.t-play button';
const RECORDED = '.t-scrub output';
const RAIL = '.rail';
const KEPT = '.ckpt';
const LAB = '.stopping-lab';
const DIALOG = 'dialog[open]';

const EPOCHS = 400;
const LONGER = 420;
const NAME = 'kept';
const CSV = [
  'width;height;kind',
  ...Array.from({ length: 80 }, (_, i) => `${i % 9},5;${(i * 7) % 11};${i % 9 > 4 ? 'big' : 'small'}`),
].join('\n');
const POLICY = {
  any: [
    { rule: 'budget', epochs: 12 },
    { rule: 'budget', epochs: 6 },
  ],
};

/** Looked at by people: every layout in both themes. */
const LOOKS = [1440, 1024, 390].flatMap((width) => ['light', 'dark'].map((theme) => ({ width, theme })));

/**
 * @typedef {object} Visit
 * @property {import('./page.js').Page} page
 * @property {string} url
 * @property {string} folder for files that the visitor has
 * @property {(name: string) => Promise<void>} picture keeps a screenshot
 */

/** @param {Visit['page']} page @param {number} epochs */
async function trainTo(page, epochs) {
  await page.click(TRAIN);
  const { text } = await page.find(STATUS, { says: /^ ?Done in/, ms: 120_000 });
  await page.find(RECORDED, { says: new RegExp(`^${epochs} / ${epochs}`) });
  return /Done in [\d.]+ \w+/.exec(text)?.[0];
}

/** @param {Visit['page']} page */
const textsOf = async (page) => ({
  verdict: (await page.find(VERDICT)).text,
  outcome: (await page.find(OUTCOME)).text,
});

/** Each step goes on from the one before; what it returns is said beside its name. @type {Record<string, (visit: Visit) => Promise<string | void>>} */
export const SCENARIO = {
  async 'opens and finds a device'({ page, url, picture }) {
    await page.driver.resize(1440, 900);
    await page.driver.open(`${url}#v=1&training.epochs=${EPOCHS}`);
    await page.find('#app h1', { says: /Patience/ });
    const { text } = await page.find('header summary', {
      name: 'Device: ',
      says: /replica-epochs|WASM|WebGPU|CPU/,
      ms: 60_000,
    });
    await picture('opened');
    return text;
  },

  async trains({ page, picture }) {
    const done = await trainTo(page, EPOCHS);
    await page.find(VERDICT, { says: /Patience 20/ });
    await page.find('#p-land .l2', { says: /best of this map/, ms: 30_000 });
    await picture('trained');
    const { text } = await page.find('header summary', { name: 'Device: ' });
    return `${done}, ${text}`;
  },

  async 'drags patience, and nothing trains again'({ page, picture }) {
    const before = await textsOf(page);
    await page.drag(HANDLE, 60);
    const { text } = await page.find(VERDICT, { says: /Patience (?!20\b)\d+/ });
    assert.notEqual((await page.find(OUTCOME)).text, before.outcome);
    await page.find(STATUS, { says: /Done in/ });
    await picture('dragged');
    return /Patience \d+/.exec(text)?.[0];
  },

  async 'saves, reloads, and loads the same'({ page, url, picture }) {
    const before = await textsOf(page);
    await page.click(`${KEPT} button`, 'Save this run');
    await page.fill(`${KEPT} input`, 'Name of the checkpoint', `${NAME}\n`);
    await page.find(`${KEPT} summary`, { says: new RegExp(NAME) });
    await page.driver.open(`${url}#/workshop`);
    await page.find(`${KEPT} summary`, { says: new RegExp(NAME) });
    await page.find(RECORDED, { says: /^0 / });
    await page.click(`${KEPT} summary`);
    await page.click(`${KEPT} button`, 'resume');
    await page.find(RECORDED, { says: new RegExp(`^${EPOCHS} `) });
    await page.find(OUTCOME, { says: /epochs/ });
    assert.deepEqual(await textsOf(page), before);
    await picture('loaded');
  },

  async 'goes on with more epochs'({ page }) {
    await page.click(`${RAIL} summary`, 'Training');
    await page.fill(`${RAIL} input`, 'epochs', `${LONGER}\n`);
    await trainTo(page, LONGER);
  },

  async 'exports a model and the experiment'({ page }) {
    const take = (/** @type {string} */ name) =>
      page.download(async () => {
        await page.click('header summary', 'Export');
        await page.click('header details[open] button', name);
      });
    const model = unzipSync((await take('Model (TensorFlow.js)')).bytes);
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(model['model.json']));
    assert.equal(modelTopology.model_config.class_name, 'Sequential');
    for (const file of weightsManifest[0].paths) assert.ok(model[file.replace('./', '')]?.length);
    const experiment = await take('Experiment');
    assert.equal(JSON.parse(new TextDecoder().decode(experiment.bytes)).training.epochs, LONGER);
    return `${Object.keys(model).join(', ')}; ${experiment.name}`;
  },

  async 'compares a policy in the stopping lab, and lets it decide'({ page, picture }) {
    await page.click(`${LAB} [role=tab]`, 'Side by side');
    await page.click(`${LAB} button`, 'paste a policy');
    await page.fill(`${LAB} textarea`, 'Policy as JSON', JSON.stringify(POLICY));
    await page.click(`${LAB} button`, 'add it');
    const { text } = await page.find(`${LAB} tbody tr`, { name: 'Any of Budget of epochs' });
    assert.match(text, /32 of 32 6 ± 0/);
    await page.click(`${LAB} li summary`, 'Any of');
    await picture('lab');
    await page.click(`${LAB} button`, 'use Any of');
    await page.find(VERDICT, { says: /Any of 2 rules stops at epoch 6\./ });
    return text;
  },

  async 'learns from a CSV file of its visitor'({ page, url, folder, picture }) {
    const file = path.join(folder, 'sizes.csv');
    writeFileSync(file, CSV);
    await page.driver.open(`${url}#v=1&replicas.count=4&training.epochs=12`);
    await page.select(`${RAIL} select`, 'CSV file …');
    await page.find(DIALOG);
    await page.driver.choose(`${DIALOG} input[type=file]`, file);
    await page.find(DIALOG, { says: /80 rows, 3 columns/ });
    await page.select(`${DIALOG} select`, 'kind');
    await page.find(DIALOG, { says: /2 inputs, 2 classes/ });
    await picture('csv');
    await page.click(`${DIALOG} button`, 'Use these data');
    await page.find(`${RAIL} summary`, { name: 'Data', says: /sizes/ });
    await trainTo(page, 12);
    await page.find('#p-fits', { says: /small/ });
    await picture('own data');
  },

  async 'looks right in every width and theme'({ page, url, picture }) {
    await page.driver.open(`${url}#v=1`);
    await page.click(`${KEPT} summary`);
    await page.click(`${KEPT} button`, 'resume');
    await page.find('#p-land .l2', { says: /best of this map/, ms: 30_000 });
    for (const { width, theme } of LOOKS) {
      await page.driver.resize(width, width === 390 ? 844 : width === 1024 ? 768 : 900);
      await page.driver.evaluate((theme) => {
        document.documentElement.dataset.theme = theme;
        scrollTo(0, 0);
      }, theme);
      await picture(`${width} ${theme}`);
    }
    const sideways = await page.driver.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(sideways <= 0, `The page is ${sideways} px wider than the window.`);
  },
};
