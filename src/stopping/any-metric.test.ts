/** @file Several metrics at once against what LightGBM did with them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { replayAnyMetric, type NamedMetric } from './any-metric.ts';
import type { Direction } from './rule.ts';
import { LIGHTGBM } from './rules/lightgbm.ts';

type Settings = { stopping_rounds: number; min_delta: number; first_metric_only: boolean };
const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')) as unknown;

function replay(metrics: NamedMetric[], { stopping_rounds, min_delta, first_metric_only }: Settings) {
  const settings = (mode: Direction) => ({ stopping_rounds, min_delta, mode });
  return replayAnyMetric(metrics, LIGHTGBM, settings, first_metric_only);
}

it('stops in the round in which LightGBM does, with its best', () => {
  const { library, cases } = read('lightgbm-several.json') as {
    library: string;
    cases: [metrics: number[][], higher: boolean[], settings: Settings, expected: [number, boolean, number]][];
  };
  expect(LIGHTGBM.version).toBe(library);
  expect(cases.length).toBeGreaterThan(100);
  for (const [values, higher, settings, expected] of cases) {
    const metrics = values.map((own, i): NamedMetric => ({
      name: `own_${i}`,
      values: own,
      direction: higher[i] ? 'max' : 'min',
    }));
    const { stop, fired, best } = replay(metrics, settings);
    expect([values, settings, stop, fired, best]).toEqual([values, settings, ...expected]);
  }
});

// LightGBM#6935.
it.each([
  [false, 20, 0],
  [true, null, 24],
])(
  'a metric that stands still stops a run of 20 rounds, unless first_metric_only is %s',
  (first_metric_only, stop, best) => {
    const curves = read('cases/09-lightgbm-two-metrics/input.json') as Record<string, number[]>;
    const metrics = Object.entries(curves).map(([name, values]): NamedMetric => ({ name, values, direction: 'min' }));
    const replayed = replay(metrics, { stopping_rounds: 20, min_delta: 0, first_metric_only });
    expect([replayed.fired ? replayed.stop : null, replayed.best]).toEqual([stop, best]);
    if (!first_metric_only) expect(replayed.why).toMatch(/^validation-accuracy: Stopped after 21 epochs/);
  },
);
