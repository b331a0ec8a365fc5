/** @file `npm run bench`: measures, prints, and writes the results that were asked for. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { weigh } from '../scripts/weigh.js';
import { launch, machineOf } from './browser.ts';
import { OWN } from './contenders.ts';
import { BASE, matrix, caseName, SWEEPS } from './matrix.ts';
import { optionsOf, type Options } from './options.ts';
import { report } from './report/report.ts';
import type { CaseResult, Results } from './results.ts';
import { siteOf, type Site } from './site.ts';
import { pauses, visit, webgpuScripts, type Visit } from './start.ts';
import { ask, openAll, timeTogether } from './training.ts';

const VISITS = 5;
const REST_MS = 5000;
const PAUSES = 20;
/** The last round of a quick run begins before this. */
const QUICK_MS = 45_000;
const RESULTS = fileURLToPath(new URL('RESULTS.md', import.meta.url));

const say = (words: string) => console.error(words);

export async function runBench(args: string[]): Promise<void> {
  const options = optionsOf(args);
  const started = Date.now();
  // Both are built before anything is measured, from the same sources.
  const engine = await siteOf('bench/page', 'bench');
  const built = options.quick ? null : await siteOf('.', 'page');
  const browser = await launch();
  try {
    const results: Results = {
      date: new Date(started).toISOString(),
      minutes: 0,
      baseline: options.baseline,
      ...(await measureEngine(browser, engine, options, started)),
      ...(built
        ? await measurePage(browser, built)
        : { visits: null, pauses: null, webgpuScripts: null, weights: null }),
    };
    results.minutes = (Date.now() - started) / 60_000;
    const json = JSON.stringify(results, null, 1);
    if (options.file !== null) writeFileSync(options.file, json);
    if (options.results) writeFileSync(RESULTS, report(results));
    console.log(options.json && options.file === null ? json : report(results));
  } finally {
    await browser.close();
    await engine.close();
    await built?.close();
  }
}

/** Training and replay, on a page of the bench's own. */
async function measureEngine(browser: Browser, site: Site, { quick, contenders }: Options, started: number) {
  const page = await browser.newPage();
  await page.goto(site.url);
  const machine = await machineOf(browser, page);
  say(`${machine.browser}, ${machine.adapter}, ${machine.cores} cores`);
  const { opened, failures } = await openAll(page, contenders);
  for (const [contender, failure] of failures) say(`left out: ${contender}: ${failure}`);

  const until = quick ? started + QUICK_MS : Infinity;
  const cases: CaseResult[] = [];
  for (const one of quick ? [BASE] : matrix()) {
    const entries = opened.map((contender) => ({ contender, case: one }));
    const timings = await timeTogether(page, entries, until);
    cases.push({ case: one, timings });
    const medians = timings.map(({ contender, spread, failure }) =>
      spread ? `${contender} ${spread.median.toFixed(2)}` : `${contender}: ${failure}`,
    );
    say(`${caseName(one)}: ${medians.join(', ')}`);
  }
  const own = opened.filter((contender) => OWN.includes(contender));
  const entries = quick ? [] : own.flatMap((contender) => SWEEPS.replicas.map((one) => ({ contender, case: one })));
  const growth = await timeTogether(page, entries, until);
  const replay = quick ? null : await ask(page, 'replay');
  const rules = quick ? null : await ask(page, 'rules');
  const profile = !quick && opened.includes('fused webgpu') ? await ask(page, 'profile') : null;
  await page.close();
  return { machine, cases, growth, replay, rules, profile };
}

/** The page itself, as it is built. */
async function measurePage(browser: Browser, { url, folder }: Site) {
  const visits: { hasty: Visit[]; rested: Visit[] } = { hasty: [], rested: [] };
  for (let i = 1; i <= VISITS; i++) {
    const [hasty, rested] = [await visit(browser, url, 0), await visit(browser, url, REST_MS)];
    visits.hasty.push(hasty);
    visits.rested.push(rested);
    say(`visit ${i}: ${rested.status}`);
  }
  const paused = {
    'fused webgpu': await pauses(browser, url, 'WebGPU', PAUSES),
    'fused wasm': await pauses(browser, url, 'WASM', PAUSES),
  };
  return { visits, pauses: paused, webgpuScripts: await webgpuScripts(browser, url), weights: weigh(folder) };
}
