/** @file The pruners of Optuna 5.0 that compare a trial with others, or with itself, proven by conformance/ask_optuna.py. */
import type { Direction, Parameter } from '../rule.ts';
import { fourDigits } from '../rules/research/observer.ts';
import { nanBest, nanPercentile } from './numpy.ts';
import { isFirstInInterval, lastStep, signOfStudy, studyOf, type Pruner } from './optuna-trials.ts';
import type { RunsRule } from './runs-rule.ts';

export const OPTUNA = 'optuna 5.0.0';
const COUNT = { kind: 'number', integer: true, max: Number.MAX_SAFE_INTEGER } as const;

const N_WARMUP_STEPS = {
  ...COUNT,
  min: 0,
  default: 0,
  help: 'Steps at the beginning of every trial at which none is pruned.',
  refusal: 'annot be negative',
} as const satisfies Parameter;
const INTERVAL_STEPS = {
  ...COUNT,
  min: 1,
  default: 1,
  help: 'Steps from one look at a trial to the next.',
  refusal: 'must be at least 1',
} as const satisfies Parameter;

const OF_OTHERS = {
  n_startup_trials: {
    ...COUNT,
    min: 0,
    default: 5,
    help: 'Trials that have to be complete before any is pruned; pruned ones do not count.',
    refusal: 'cannot be negative',
  },
  n_warmup_steps: N_WARMUP_STEPS,
  interval_steps: INTERVAL_STEPS,
  n_min_trials: {
    ...COUNT,
    min: 1,
    default: 1,
    help: 'Complete trials that have to have a value at the step.',
    refusal: 'must be at least 1',
  },
} as const;

const PERCENTILE = {
  percentile: {
    kind: 'number',
    min: 0,
    max: 100,
    default: 25,
    help: 'The share of the complete trials, in per cent, whose best is to be kept up with; Optuna has no default.',
    refusal: 'Percentile must be between 0 and 100 inclusive',
  },
  ...OF_OTHERS,
} as const;

interface OfOthers {
  n_startup_trials: number;
  n_warmup_steps: number;
  interval_steps: number;
  n_min_trials: number;
}

/** The best of a trial so far has to be as good as this share of what complete trials had at this very step. */
function percentilePruner(percentile: number, settings: OfOthers, direction: Direction): Pruner {
  const { n_startup_trials, n_warmup_steps, interval_steps, n_min_trials } = settings;
  const sign = signOfStudy(direction);
  return (trial, trials) => {
    const complete = trials.filter(({ state }) => state === 'complete');
    if (complete.length === 0 || complete.length < n_startup_trials) return null;
    if (!isFirstInInterval(trial, n_warmup_steps, interval_steps)) return null;
    const best = nanBest([...trial.values.values()], sign);
    if (Number.isNaN(best)) return 'it has no number yet';
    const step = lastStep(trial);
    const others = complete.flatMap(({ values }) => (values.has(step) ? [values.get(step)!] : []));
    if (others.length < n_min_trials) return null;
    const bar = nanPercentile(others, direction === 'max' ? 100 - percentile : percentile);
    if (!(sign * best > sign * bar)) return null;
    return `its best, ${fourDigits(best)}, is behind ${fourDigits(bar)}, the ${percentile}th percentile of ${others.length} complete trials at this step`;
  };
}

export const OPTUNA_PERCENTILE: RunsRule<typeof PERCENTILE> = {
  label: 'Optuna PercentilePruner',
  version: OPTUNA,
  help: 'Compares the best of a trial so far with what complete trials had at the same step, not with their best.',
  parameters: PERCENTILE,
  order: 'one-after-another',
  start: (settings, direction) => studyOf(percentilePruner(settings.percentile, settings, direction)),
};

export const OPTUNA_MEDIAN: RunsRule<typeof OF_OTHERS> = {
  label: 'Optuna MedianPruner',
  version: OPTUNA,
  help: 'The best of a trial so far has to be as good as the median of complete trials at the same step. Until five are complete none is pruned.',
  parameters: OF_OTHERS,
  order: 'one-after-another',
  start: (settings, direction) => studyOf(percentilePruner(50, settings, direction)),
};

const THRESHOLD = {
  lower: {
    kind: 'optional',
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
    default: null,
    help: 'A value below this is pruned.',
  },
  upper: {
    kind: 'optional',
    min: -Number.MAX_VALUE,
    max: Number.MAX_VALUE,
    default: null,
    help: 'A value above this is pruned.',
  },
  n_warmup_steps: N_WARMUP_STEPS,
  interval_steps: INTERVAL_STEPS,
} as const;

export const OPTUNA_THRESHOLD: RunsRule<typeof THRESHOLD> = {
  label: 'Optuna ThresholdPruner',
  version: OPTUNA,
  help: 'Prunes a trial whose value is NaN or outside of the thresholds, whatever the others do.',
  parameters: THRESHOLD,
  order: 'one-after-another',
  trouble: ({ lower, upper }) =>
    lower === null && upper === null
      ? 'lower and upper are both none; set one of them'
      : lower !== null && upper !== null && lower > upper
        ? `lower: ${lower} must not be above upper, ${upper}`
        : null,
  start: ({ lower, upper, n_warmup_steps, interval_steps }) =>
    studyOf((trial) => {
      if (!isFirstInInterval(trial, n_warmup_steps, interval_steps)) return null;
      const value = trial.values.get(lastStep(trial))!;
      if (Number.isNaN(value)) return 'its value is NaN';
      if (lower !== null && value < lower) return `its value, ${fourDigits(value)}, is below ${lower}`;
      if (upper !== null && value > upper) return `its value, ${fourDigits(value)}, is above ${upper}`;
      return null;
    }),
};

const PATIENT = {
  wrapped_pruner: {
    kind: 'choice',
    options: ['none', 'median'],
    default: 'none',
    help: 'Which pruner decides once the patience is over: none prunes at once, median as MedianPruner by its defaults.',
  },
  patience: {
    ...COUNT,
    min: 0,
    default: 5,
    help: 'Values after the first of a window without an improvement; Optuna has no default.',
    refusal: 'patience cannot be negative',
  },
  min_delta: {
    kind: 'number',
    min: 0,
    max: Number.MAX_VALUE,
    default: 0,
    help: 'How much worse than the best before it the window has to be.',
    refusal: 'min_delta cannot be negative',
  },
} as const;

const DEFAULTS: OfOthers = { n_startup_trials: 5, n_warmup_steps: 0, interval_steps: 1, n_min_trials: 1 };

export const OPTUNA_PATIENT: RunsRule<typeof PATIENT> = {
  label: 'Optuna PatientPruner',
  version: OPTUNA,
  help: 'Prunes once the best of the last patience + 1 values is worse than the best before them: a plateau is never pruned.',
  parameters: PATIENT,
  order: 'one-after-another',
  start({ wrapped_pruner, patience, min_delta }, direction) {
    const sign = signOfStudy(direction);
    const wrapped = wrapped_pruner === 'median' ? percentilePruner(50, DEFAULTS, direction) : null;
    return studyOf((trial, trials) => {
      const values = [...trial.values.values()];
      if (values.length <= patience + 1) return null;
      const before = nanBest(values.slice(0, -patience - 1), sign);
      const after = nanBest(values.slice(-patience - 1), sign);
      if (!(sign * before + min_delta < sign * after)) return null;
      if (wrapped) return wrapped(trial, trials);
      return `the best of its last ${patience + 1} values, ${fourDigits(after)}, is worse than ${fourDigits(before)} before them`;
    });
  },
};
