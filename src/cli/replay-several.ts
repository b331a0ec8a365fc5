/** @file `npm run replay -- --library lightgbm` with several metrics: it stops by any of them. */
import type { Setting } from '../engine/experiment/experiment.ts';
import { replayAnyMetric, type NamedMetric } from '../stopping/any-metric.ts';
import type { Direction, Rule } from '../stopping/rule.ts';
import { Mistake } from './mistake.ts';

/** What is said of several metrics beside the rule's own settings. */
export interface SeveralOptions {
  firstOnly: boolean;
  /** The metrics that grow; the others shrink, unless a mode is said for all. */
  growing: readonly string[];
}

/** Throws a Mistake where the lengths differ or a metric is named that is not there. */
export function replaySeveral(
  histories: ReadonlyMap<string, (number | null)[]>,
  rule: Rule,
  settings: Record<string, Setting>,
  { firstOnly, growing }: SeveralOptions,
) {
  const stranger = growing.find((name) => !histories.has(name));
  if (stranger !== undefined)
    throw new Mistake(`--is-higher-better: "${stranger}" must be one of ${[...histories.keys()].join(', ')}`);
  const metrics = [...histories].map(([name, values]): NamedMetric => ({ name, values, direction: directionOf(name) }));
  const [first, ...others] = metrics;
  const odd = others.find(({ values }) => values.length !== first!.values.length);
  if (odd)
    throw new Mistake(
      `standard input: ${odd.name} has ${odd.values.length} values, ${first!.name} has ${first!.values.length}; give as many`,
    );
  const { stop, fired, best, why } = replayAnyMetric(metrics, rule, (mode) => ({ ...settings, mode }), firstOnly);
  return { stop: fired ? stop : null, restored: best === -1 ? null : best, reason: why };

  function directionOf(name: string): Direction {
    const { mode } = settings;
    return mode === 'min' || mode === 'max' ? mode : growing.includes(name) ? 'max' : 'min';
  }
}
