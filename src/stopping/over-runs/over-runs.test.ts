/** @file Rules over a set of runs against what Optuna and Ray Tune did with the same runs. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSettings } from './settings.ts';
import { RUNS_RULES } from './index.ts';
import { ORDERS, replayRuns, type ReportOrder, type RunsRule } from './runs-rule.ts';
import type { Direction } from '../rule.ts';
import { numbers } from '../rules/library-fixtures.testing.ts';

type Name = keyof typeof RUNS_RULES;
type Spelt = number | string | null;
interface Fixture {
  library: string;
  refused: [rule: Name, settings: Record<string, unknown>, error: string][];
  sets: Spelt[][][];
  cases: [
    set: number,
    rule: Name,
    settings: Record<string, unknown>,
    direction: Direction,
    order: ReportOrder,
    expected: [last: number, stopped: boolean][],
  ][];
}

const fixtureOf = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
const ruleOf = (name: Name) => RUNS_RULES[name] as unknown as RunsRule;

function settingsOf(name: Name, given: Record<string, unknown>) {
  const parsed = parseSettings(ruleOf(name), given);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

describe.each(['optuna', 'ray'])('%s', (file) => {
  const { library, refused, sets, cases } = fixtureOf(file);
  const names = [...new Set(cases.map(([, rule]) => rule))];

  it.each(names)('%s: stops the same runs at the same steps', (name) => {
    const own = cases.filter(([, rule]) => rule === name);
    expect(own.length).toBeGreaterThan(80);
    expect(ruleOf(name).version).toBe(library);
    const stops = own.filter(([, , , , , expected]) => expected.some(([, stopped]) => stopped));
    expect(stops.length).toBeGreaterThan(5);
    for (const [set, rule, given, direction, order, expected] of own) {
      const runs = sets[set]!.map(numbers);
      const ours = replayRuns(runs, ruleOf(rule), settingsOf(rule, given), { direction, order });
      expect([set, given, direction, order, ours.map(({ stop, fired }) => [stop, fired])]).toEqual([
        ...[set, given, direction, order, expected],
      ]);
      ours.forEach(({ why, fired }) =>
        expect(why).toMatch(fired ? /^Stopped after \d+ steps?: .+\.$/ : /^Not stopped/),
      );
    }
  });

  it('refuses what the library refuses', () => {
    for (const [name, settings, error] of refused) {
      const parsed = parseSettings(ruleOf(name), settings);
      expect([name, settings, typeof parsed]).toEqual([name, settings, 'string']);
      const { refusal } = ruleOf(name).parameters[Object.keys(settings).at(-1)!] ?? {};
      if (refusal !== undefined && (parsed as string).includes('the library says')) expect(error).toContain(refusal);
    }
  });
});

describe('questions from the field', () => {
  const history = (file: string) =>
    JSON.parse(
      readFileSync(new URL(`../fixtures/cases/15-optuna-patient-pruner/${file}.json`, import.meta.url), 'utf8'),
    ) as number[];

  // Optuna#1447.
  it.each([
    ['input', 4],
    ['plateau', null],
  ])('PatientPruner with patience 2 on its own: %s', (file, stop) => {
    const settings = settingsOf('optuna-patient', { patience: 2 });
    const [run] = replayRuns([history(file)], ruleOf('optuna-patient'), settings, { direction: 'min' });
    expect(run!.fired ? run!.stop : null).toBe(stop);
  });
});

describe('a set of runs', () => {
  it('is stopped elsewhere where the runs report in another order', () => {
    const runs = [
      [0.5, 0.4, 0.3],
      [0.9, 0.8, 0.7],
      [0.2, 0.1, 0.1],
    ];
    const settings = settingsOf('optuna-median', { n_startup_trials: 1 });
    const stops = ORDERS.map((order) =>
      replayRuns(runs, ruleOf('optuna-median'), settings, { direction: 'min', order }).map(({ stop }) => stop),
    );
    // Side by side no trial is complete before the last step.
    expect(stops).toEqual([
      [2, 0, 2],
      [2, 2, 2],
    ]);
    expect(replayRuns(runs, ruleOf('optuna-median'), settings, { direction: 'min' })[1]).toEqual({
      stop: 0,
      fired: true,
      best: 0,
      why: 'Stopped after 1 step: its best, 0.9, is behind 0.5, the 50th percentile of 1 complete trials at this step.',
    });
  });

  it('keeps the best value before the stop, whichever it is', () => {
    const settings = settingsOf('ray-maximum-iteration', { max_iter: 3 });
    const replays = replayRuns([[0.3, NaN, 0.2, 0.1], [null], []], ruleOf('ray-maximum-iteration'), settings, {
      direction: 'min',
    });
    expect(replays.map(({ stop, fired, best }) => [stop, fired, best])).toEqual([
      [2, true, 2],
      [0, false, -1],
      [-1, false, -1],
    ]);
  });
});
