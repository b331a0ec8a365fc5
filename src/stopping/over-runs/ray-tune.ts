/**
 * @file Stoppers and schedulers of Ray Tune 2.60, proven by conformance/ask_ray.py. Iterations count from 1 there, steps from
 * 0 here. All runs are taken to have room beside each other: none is paused.
 */
import type { Parameter } from '../rule.ts';
import { fourDigits } from '../rules/research/observer.ts';
import { mean, median, nanPercentile, std } from './numpy.ts';
import type { RunsRule } from './runs-rule.ts';

const RAY = 'ray 2.60.0';
const COUNT = { kind: 'number', integer: true, max: Number.MAX_SAFE_INTEGER } as const;

const ASHA = {
  max_t: { ...COUNT, min: 1, default: 100, help: 'Iterations of a whole run.', refusal: 'Max (time_attr) not valid!' },
  grace_period: {
    ...COUNT,
    min: 1,
    default: 1,
    help: 'Iterations to the first rung.',
    refusal: 'grace_period must be positive!',
  },
  reduction_factor: {
    kind: 'number',
    min: 1 + Number.EPSILON,
    max: Number.MAX_VALUE,
    default: 4,
    help: 'A rung is so many times as far as the one before, and one in so many goes on.',
    refusal: 'Reduction Factor not valid!',
  },
  stop_last_trials: {
    kind: 'flag',
    default: true,
    help: 'Whether max_t iterations end a run.',
  },
} as const satisfies Record<string, Parameter>;

export const RAY_ASHA: RunsRule<typeof ASHA> = {
  label: 'Ray Tune ASHA',
  version: RAY,
  help: 'At every rung a run is stopped if it is behind the best share, one in reduction_factor, of those that were there before it. With one bracket; of several, Ray draws lots.',
  parameters: ASHA,
  order: 'side-by-side',
  trouble: ({ max_t, grace_period }) =>
    max_t < grace_period ? `grace_period: ${grace_period} must not be above max_t, ${max_t}` : null,
  start({ max_t, grace_period, reduction_factor: rf, stop_last_trials }, direction) {
    const count = Math.trunc(Math.log(max_t / grace_period) / Math.log(rf) + 1);
    const rungs = Array.from({ length: count }, (_, k) => ({
      milestone: grace_period * rf ** k,
      recorded: new Map<number, number>(),
    })).reverse();
    const sign = direction === 'max' ? 1 : -1;
    const onResult = (run: number, iteration: number, reward: number): string | null => {
      for (const { milestone, recorded } of rungs) {
        if (iteration >= milestone && recorded.has(run) && !stop_last_trials) return null;
        if (iteration < milestone || recorded.has(run)) continue;
        const cutoff = recorded.size === 0 ? null : nanPercentile([...recorded.values()], (1 - 1 / rf) * 100);
        const others = recorded.size;
        recorded.set(run, reward);
        if (cutoff === null || !(reward < cutoff)) return null;
        return `${fourDigits(sign * reward)} is behind ${fourDigits(sign * cutoff)}, which ${others} before it left to keep up with at iteration ${milestone}`;
      }
      return null;
    };
    return {
      report: (run, step, value) =>
        step + 1 >= max_t && stop_last_trials
          ? `${max_t} iterations are the most (max_t)`
          : onResult(run, step + 1, sign * value),
      end() {
        // What a run ended with it has reported before.
      },
    };
  },
};

const MEDIAN_STOPPING = {
  grace_period: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 60,
    help: 'Iterations before a run may be stopped, and from which on others are averaged. Ray counts seconds if nothing else is said.',
  },
  min_samples_required: { ...COUNT, min: 0, default: 3, help: 'Other runs that have to be as far.' },
} as const;

export const RAY_MEDIAN_STOPPING: RunsRule<typeof MEDIAN_STOPPING> = {
  label: 'Ray Tune MedianStoppingRule',
  version: RAY,
  help: 'Stops a run whose best is worse than the median of the running means of the others. Its time is the iteration (time_attr training_iteration).',
  parameters: MEDIAN_STOPPING,
  order: 'side-by-side',
  start({ grace_period, min_samples_required }, direction) {
    const results = new Map<number, { time: number; value: number }[]>();
    const last = new Map<number, { time: number; value: number }>();
    const sign = direction === 'max' ? -1 : 1;
    return {
      report(run, step, value) {
        const time = step + 1;
        const own = results.get(run) ?? [];
        results.set(run, own);
        own.push({ time, value });
        last.set(run, { time, value });
        if (time < grace_period) return null;
        const means = [...results]
          .filter(([other, reported]) => other !== run && reported.at(-1)!.time >= time)
          .map(([, reported]) => {
            const scoped = reported.filter((result) => grace_period <= result.time && result.time <= time);
            return scoped.length === 0 ? NaN : mean(scoped.map((result) => result.value));
          })
          .filter(Number.isFinite);
        if (means.length < min_samples_required) return null;
        const bar = median(means);
        const best = own.map((result) => result.value).reduce((a, b) => (sign * b < sign * a ? b : a));
        // As Python's min and max compare: the first stays unless the second beats it.
        if (!(sign * best < sign * bar) && best !== bar)
          return `its best, ${fourDigits(best)}, is behind ${fourDigits(bar)}, the median of the means of ${means.length} others`;
        return null;
      },
      // What a run reported last is taken down a second time when it is over.
      end(run) {
        const result = last.get(run);
        if (result) results.get(run)!.push(result);
      },
    };
  },
};

const PLATEAU = {
  std: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 0.01,
    help: 'The deviation below which a run stands still.',
  },
  num_results: { ...COUNT, min: 1, default: 4, help: 'Results of which the deviation is taken.' },
  grace_period: { ...COUNT, min: 0, default: 4, help: 'Results before a run may be stopped.' },
  metric_threshold: {
    kind: 'optional',
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
    default: null,
    help: 'What a result has to reach for its run to be stopped.',
  },
} as const;

export const RAY_TRIAL_PLATEAU: RunsRule<typeof PLATEAU> = {
  label: 'Ray Tune TrialPlateauStopper',
  version: RAY,
  help: 'Stops a run whose last results hardly differ from each other, whether they are good or bad.',
  parameters: PLATEAU,
  order: 'side-by-side',
  start({ std: least, num_results, grace_period, metric_threshold }, direction) {
    const results = new Map<number, number[]>();
    return {
      report(run, _, value) {
        const own = results.get(run) ?? [];
        results.set(run, own);
        own.push(value);
        if (own.length < grace_period || own.length < num_results) return null;
        if (metric_threshold !== null && (direction === 'min' ? value > metric_threshold : value < metric_threshold))
          return null;
        const deviation = std(own.slice(-num_results));
        return deviation < least
          ? `its last ${num_results} results differ by ${fourDigits(deviation)} (std ${least})`
          : null;
      },
      end() {
        // No run looks at another.
      },
    };
  },
};

const MAXIMUM = {
  max_iter: { ...COUNT, min: 0, default: 100, help: 'Results after which a run is stopped.' },
} as const;

export const RAY_MAXIMUM_ITERATION: RunsRule<typeof MAXIMUM> = {
  label: 'Ray Tune MaximumIterationStopper',
  version: RAY,
  help: 'Stops every run after so many results.',
  parameters: MAXIMUM,
  order: 'side-by-side',
  start({ max_iter }) {
    const counts = new Map<number, number>();
    return {
      report(run) {
        const count = (counts.get(run) ?? 0) + 1;
        counts.set(run, count);
        return count >= max_iter ? `${max_iter} results are the most (max_iter)` : null;
      },
      end() {
        // No run looks at another.
      },
    };
  },
};
