/** @file Runs every check and every test; the last line is the sum over all of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBrowser } from './browser.js';

/** @typedef {{ passed: number, failed: number }} Count */

const reports = mkdtempSync(path.join(tmpdir(), 'patience-'));

/**
 * A check of the source counts as one.
 * @param {string} script
 * @returns {Count}
 */
function check(script) {
  console.log(`\n── ${script}`);
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {string} title
 * @param {string} program a file of node_modules
 * @param {string[]} args
 */
function run(title, program, ...args) {
  console.log(`\n── ${title}`);
  return spawnSync(process.execPath, [`node_modules/${program}`, ...args], { stdio: 'inherit' }).status;
}

/**
 * What a runner's own report says. Without a readable report, or when the runner failed outside its tests (an unhandled
 * error, a server that did not start), the run itself is the failure.
 * @param {number | null} status
 * @param {string} report
 * @param {(report: any) => Count} read
 * @returns {Count}
 */
function count(status, report, read) {
  try {
    const counted = read(JSON.parse(readFileSync(report, 'utf8')));
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } catch (error) {
    console.error(`This runner left no report: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {'unit' | 'browser'} project
 * @returns {Count}
 */
function vitest(project) {
  const report = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = run(`tests: ${project}`, 'vitest/vitest.mjs', 'run', '--project', project, ...reporters);
  return count(status, report, ({ numPassedTests, numTotalTests, testResults }) => {
    const unread = testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    // A test that was skipped has not passed.
    return { passed: numPassedTests, failed: numTotalTests - numPassedTests + unread.length };
  });
}

/** @returns {Count} */
function endToEnd() {
  const report = path.join(reports, 'e2e.json');
  process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
  const status = run('tests: end to end', '@playwright/test/cli.js', 'test', '--reporter=list,json');
  return count(status, report, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}

/** A browser that cannot be had fails the two runs that need it. */
function withBrowser() {
  try {
    process.env.CHROME_PATH = ensureBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return [{ passed: 0, failed: 2 }];
  }
  return [vitest('browser'), endToEnd()];
}

const counts = [check('types'), check('lint'), vitest('unit'), ...withBrowser()];
rmSync(reports, { recursive: true });
const sum = (/** @type {keyof Count} */ key) => counts.reduce((total, one) => total + one[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
