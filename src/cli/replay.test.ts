/**
 * @file `npm run replay` on histories worked out by hand: its line of JSON, its exit status and its messages.
 * Long: every way to ask, and every wrong one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import type { Fixture } from '../stopping/rules/library-fixtures.testing.ts';
import { main } from './replay.ts';

async function run(args: string, input: string | Uint8Array[]) {
  let stdout = '';
  let stderr = '';
  const chunks = typeof input === 'string' ? [input] : input;
  const status = await main(args.split(' ').filter(Boolean), {
    stdin: Readable.from(chunks),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { status, stdout, stderr };
}

// Rows of a table that compares libraries.
const A = '[1, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68]';
const C = '[1, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125]';
const D = '[0.9, 0.8, "NaN", 0.7, 0.75, 0.76, 0.77, 0.78]';
const E = '["NaN", 0.9, 0.8, 0.85, 0.86, 0.87, 0.88, 0.89]';
const F = '[0.9, 0.8, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75]';

describe('replay from the command line', () => {
  it.each([
    ['', A, 3, 2],
    ['--patience 2', A, 4, 2],
    ['--patience 4', A, null, 7],
    ['--patience 2 --min-delta 0.05', C, null, 6],
    ['--patience 1 --min-delta=-0.05', C, 1, 0],
    ['--patience 1 --min-delta -0.05', C, 1, 0],
    ['--patience 5 --baseline 0.5', F, 4, 2],
    ['--patience 2 --start-from-epoch 3', '[0.5,0.4,0.3,0.6,0.7,0.8,0.9]', 5, 3],
    ['--patience 1 --mode max --baseline -1', '[-3, -2, -2.5]', 2, 1],
    ['--patience 2', '[0.9, "NaN", null, "Infinity"]', 3, 0],
    ['', '["-Infinity", 1]', 1, 0],
    ['', '[null]', null, null],
  ])('%s %s stops at %s, restores %s', async (args, values, stop, restored) => {
    const { status, stdout, stderr } = await run(`--library keras ${args}`, values);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toEqual({ stop, restored, reason: expect.stringMatching(/./) });
  });

  it.each([
    ['tf-keras --patience 3 --baseline 0.5', F, 2, 2],
    ['tfjs --patience 3 --baseline 0.5', F, 2, null],
    ['tfjs --patience 2 --min-delta 0.05', C, null, 6],
    ['lightning --patience 2', D, 2, 1],
    ['lightning --patience 2 --no-check-finite', D, 5, 3],
    ['lightning --no-check-finite --stopping-threshold 0.75', A, 2, 1],
    ['lightning', '[0.9, null, 0.8]', 1, 0],
    ['lightning --no-strict --mode max', '[0.9, null, 0.8]', null, 0],
    ['fastai', E, 0, null],
    ['fastai --comp greater --patience 2', A, 2, 0],
    ['hugging-face', E, 3, 2],
    ['hugging-face --early-stopping-patience 0', A, 0, 0],
    ['hugging-face --early-stopping-patience 3 --early-stopping-threshold 0.05', C, 3, 3],
    ['ignite --patience 1', D, 4, 3],
    ['ignite --patience 2 --threshold 0.05', C, 2, 2],
    ['ignite --patience 2 --threshold 0.05 --cumulative', C, null, 6],
    ['lightning --patience 2 --no-check-finite --stopping-threshold none', D, 5, 3],
    ['sklearn-sgd --n-iter-no-change 2 --tol 0', F, 4, 2],
  ])('--library %s %s stops at %s, restores %s', async (args, values, stop, restored) => {
    const { status, stdout, stderr } = await run(`--library ${args}`, values);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ stop, restored, reason: expect.stringMatching(/^(S|Not s)topped after/) });
  });

  it('never stops scikit-learn’s SGD by a tol of None, as it does not itself', async () => {
    const file = new URL('../stopping/fixtures/sklearn-sgd.json', import.meta.url);
    const { histories, cases } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
    const whole = cases.filter(
      ([, { tol, mode }, [last, , , , error]]) => tol === null && mode !== 'max' && error === undefined && last >= 0,
    );
    expect(whole.length).toBeGreaterThan(50);
    for (const [history, { n_iter_no_change: rounds, early_stopping: scores }, [last, fired]] of whole) {
      const args = `--library sklearn-sgd --tol none --n-iter-no-change ${String(rounds)} --${scores ? '' : 'no-'}early-stopping`;
      const { status, stdout } = await run(args, JSON.stringify(histories[history]));
      expect([status, JSON.parse(stdout).stop, fired]).toEqual([0, null, false]);
      expect(last).toBe(histories[history]!.length - 1);
    }
  });

  it('says that an error of the library ended the run', async () => {
    const { stdout } = await run('--library ignite', '[0.9, null]');
    expect(stdout).toContain('Stopped after 2 epochs: the run is aborted by KeyError');
  });

  it('puts chunks together, also where they cut a character', async () => {
    const bytes = new TextEncoder().encode('[1, "é"]');
    const { status, stderr } = await run('--library keras', [bytes.slice(0, 6), bytes.slice(6)]);
    expect(status).toBe(2);
    expect(stderr).toContain('value 1: "é" must be a number');
  });

  it.each([
    ['', '[]', '--library is missing; add --library keras'],
    ['--library torch', '[]', '--library: "torch" is not known; use keras'],
    ['--library keras --patience 1.5', '[]', '--patience: "1.5" must be a whole number, 0 or more'],
    ['--library keras --patience -1', '[]', '--patience: "-1" must be a whole number'],
    ['--library keras --min-delta x', '[]', '--min-delta: "x" must be a finite number'],
    ['--library keras --baseline=', '[]', '--baseline: "" must be a finite number'],
    ['--library keras --baseline None', '[]', '--baseline: "None" must be a finite number, or none'],
    ['--library keras --patience none', '[]', '--patience: "none" must be a whole number'],
    [
      '--library sklearn-mlp --tol none',
      '[]',
      '--tol: "none" must be a number, 0 or more (the library says: must be a float in the range [0.0, inf))',
    ],
    ['--library keras --mode auto', '[]', '--mode: "auto" must be min or max'],
    ['--library keras --monitor loss', '[]', "Unknown option '--monitor'"],
    [
      '--library ignite --patience 0',
      '[]',
      '1 or more (the library says: Argument patience should be positive integer.)',
    ],
    ['--library ignite --threshold -0.1', '[]', '--threshold: "-0.1" must be a number, 0 or more (the library says'],
    ['--library lightning --mode auto', '[]', '--mode: "auto" must be min or max (the library says: `mode` can be'],
    ['--library lightning --min-delta NaN', '[]', '--min-delta: "NaN" must be a finite number'],
    ['--library tfjs --patience 2 --start-from-epoch 1', '[]', "Unknown option '--start-from-epoch'"],
    ['--library tfjs --restore-best-weights', '[]', "Unknown option '--restore-best-weights'"],
    ['--library fastai', '[]', 'standard input holds [], an empty history; give at least one value'],
    ['--library', '[]', '--library is missing'],
    ['--library keras surplus', '[]', "Unexpected argument 'surplus'"],
    ['--library keras', '', 'standard input must be JSON'],
    ['--library keras', '[NaN]', 'standard input must be JSON'],
    ['--library keras', '{"loss": [1]}', 'standard input holds {"loss":[1]}; give an array'],
    ['--library keras', '[1, true]', 'value 1: true must be a number'],
    ['--library keras', '["0.5"]', 'value 0: "0.5" must be a number'],
  ])('%s %s: says what is wrong and exits with 2', async (args, input, message) => {
    const { status, stdout, stderr } = await run(args, input);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: npm run --silent replay');
  });

  it('refuses brackets without end before it reads them', async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const { status, stdout, stderr } = await run('--library keras', deep);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('standard input must not have more than 64 brackets within each other');
  });
});

describe('replay of a set of runs', () => {
  const RUNS = '[[0.5, 0.4, 0.3], [0.9, 0.8, 0.7], [0.2, 0.1, 0.1]]';

  it('prints a line for each, in their order', async () => {
    const { status, stdout } = await run('--library optuna-median --n-startup-trials 1 --direction min', RUNS);
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { run: '0', stop: null, restored: 2 },
      { run: '1', stop: 0, restored: 0, reason: expect.stringContaining('is behind 0.5') },
      { run: '2', stop: null, restored: 1 },
    ]);
    const named = await run('--library ray-maximum-iteration --max-iter 2 --direction max', '{"a": [1, 2, 3]}');
    expect(JSON.parse(named.stdout)).toMatchObject({ run: 'a', stop: 1, restored: 1 });
  });

  it('takes the order in which they report', async () => {
    const { stdout } = await run(
      '--library optuna-median --n-startup-trials 1 --direction min --order side-by-side',
      RUNS,
    );
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { stop: number | null }).stop),
    ).toEqual([null, 2, null]);
  });

  it.each([
    ['--library optuna-median', '--direction is missing'],
    ['--library optuna-median --direction up', '--direction: "up" must be min or max'],
    ['--library optuna-median --direction min --order any', 'must be one-after-another or side-by-side'],
    [
      '--library optuna-median --direction min --interval-steps 0',
      '--interval-steps: "0" must be a whole number, 1 or more',
    ],
    ['--library optuna-threshold --direction min', 'lower and upper are both none'],
    ['--library optuna-hyperband --direction min --bootstrap-count 1', 'needs a max_resource'],
  ])('%s: says what is wrong', async (args, message) => {
    const { status, stderr } = await run(args, RUNS);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).toContain('usage: npm run --silent replay');
  });
});

describe('replay of several metrics', () => {
  const TWO = '{"own": [3, 2, 1, 0.5], "flat": [0, 0, 0, 0]}';

  it.each([
    ['', 2, 0],
    ['--first-metric-only', null, 3],
    ['--is-higher-better own', 2, 0],
    ['--mode min', 2, 0],
  ])('LightGBM %s stops at %s, holds %s for the best', async (args, stop, restored) => {
    const { status, stdout, stderr } = await run(`--library lightgbm --stopping-rounds 2 ${args}`, TWO);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ stop, restored });
  });

  it.each([
    ['--is-higher-better auc', TWO, '"auc" must be one of own, flat'],
    ['', '{"a": [1], "b": [1, 2]}', 'b has 2 values, a has 1'],
  ])('%s %s: says what is wrong', async (args, input, message) => {
    expect(await run(`--library lightgbm ${args}`, input)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(message) as string,
    });
  });
});

describe('replay of a policy file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'policy-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const ask = (policy: string, input: string) => {
    const file = path.join(folder, 'policy.json');
    writeFileSync(file, policy);
    return run(`--policy ${file}`, input);
  };
  const keras = (patience: number) => `{"rule": "keras", "patience": ${patience}}`;

  it.each([
    [keras(2), A, 4, 2],
    ['{"rule": "keras", "patience": 2, "monitor": "validation-accuracy"}', A, 2, 0],
    [`{"any": [${keras(9)}, ${keras(1)}]}`, A, 3, 2],
    [`{"all": [${keras(1)}, ${keras(2)}]}`, A, 4, 2],
    [keras(2), `{"validation-loss": ${A}, "training-loss": ${C}}`, 4, 2],
    [
      '{"any": [{"rule": "keras", "patience": 9}, {"rule": "pq", "strip": 2}]}',
      `{"validation-loss": ${C}, "training-loss": ${C}}`,
      null,
      7,
    ],
  ])('%s on %s stops at %s, holds %s for the best', async (policy, input, stop, restored) => {
    const { status, stdout, stderr } = await ask(policy, input);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({ stop, restored, reason: expect.stringMatching(/./) });
  });

  it.each([
    ['{', A, 'cannot be read as JSON'],
    ['{"rule": "keras", "patience": -1}', A, 'policy.patience: -1 must be a whole number, 0 or more'],
    [`{"any": [${keras(1)}, {"rule": "kras"}]}`, A, 'policy.any.1.rule: "kras" must be one of keras'],
    ['{"rule": "pq"}', A, 'the policy needs validation-loss, training-loss'],
    [keras(1), '{"val_loss": [1]}', 'val_loss is not a known metric; use'],
    [keras(1), '{"training-loss": [1]}', 'standard input lacks validation-loss'],
    [keras(1), '{"validation-loss": [1, true]}', 'validation-loss: value 1: true must be a number'],
    [
      '{"rule": "pq"}',
      '{"validation-loss": [1], "training-loss": [1, 2]}',
      'training-loss has 2 values, validation-loss has 1',
    ],
  ])('%s on %s: says what is wrong and exits with 2', async (policy, input, message) => {
    const { status, stdout, stderr } = await ask(policy, input);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('takes no library beside it and needs a file that is there', async () => {
    expect((await ask('['.repeat(20_000), A)).stderr).toContain('64 brackets');
    expect((await run('--policy p.json --library keras', A)).stderr).toContain(
      '--policy takes a file and no other option',
    );
    expect(await run(`--policy ${folder}/none.json`, A)).toMatchObject({ status: 2, stdout: '' });
  });
});
