/**
 * @file A rule that watches several metrics with names of one's own and stops by any of them, as LightGBM does; proven by
 * conformance/ask_lightgbm_several.py.
 */
import type { Direction, Rule, SettingsOf } from './rule.ts';

export interface NamedMetric {
  name: string;
  direction: Direction;
  values: readonly (number | null)[];
}

export interface AnyMetricReplay {
  /** Last evaluation taken. */
  stop: number;
  fired: boolean;
  /** Best evaluation in the eyes of the metric that decides: the first that stops, else the first of all. −1: none. */
  best: number;
  why: string;
}

/** Metrics of one length, in the order in which they are evaluated. `firstOnly`: the others are looked at by nobody. */
export function replayAnyMetric<P extends Rule['parameters']>(
  metrics: readonly NamedMetric[],
  rule: Rule<P>,
  settings: (direction: Direction) => SettingsOf<P>,
  firstOnly: boolean,
): AnyMetricReplay {
  const watched = firstOnly ? metrics.slice(0, 1) : metrics;
  const watches = watched.map(({ direction }) => rule.start(settings(direction), direction));
  const rounds = metrics[0]?.values.length ?? 0;
  let [decider, stop, fired] = [0, -1, false];
  while (!fired && stop + 1 < rounds) {
    stop++;
    for (let i = 0; i < watches.length && !fired; i++) {
      fired = watches[i]!.observe(watched[i]!.values[stop]!, {});
      if (fired) decider = i;
      // In the last round LightGBM ends with the first metric that does not stop, and asks no other.
      else if (stop === rounds - 1) break;
    }
  }
  const watch = watches[decider]!;
  const others = watched.length === 1 ? '' : `${watched[decider]!.name}: `;
  return { stop, fired, best: watch.best, why: `${others}${watch.why()}` };
}
