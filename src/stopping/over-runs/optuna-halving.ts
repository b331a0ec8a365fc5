/** @file Successive halving and Hyperband of Optuna 5.0, proven by conformance/ask_optuna.py. */
import type { Direction } from '../rule.ts';
import { fourDigits } from '../rules/research/observer.ts';
import { crc32 } from '../../engine/crc32.ts';
import { OPTUNA } from './optuna.ts';
import { lastStep, signOfStudy, studyOf, type Pruner, type Trial } from './optuna-trials.ts';
import type { RunsRule } from './runs-rule.ts';

const COUNT = { kind: 'number', integer: true, max: Number.MAX_SAFE_INTEGER } as const;

const HALVING = {
  min_resource: {
    kind: 'optional',
    integer: true,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    default: null,
    help: 'Steps to the first rung; none is its auto: a hundredth of the steps of the longest complete trial, and none is pruned before one is complete.',
    refusal: 'must be either `min_resource >= 1` or',
  },
  reduction_factor: {
    ...COUNT,
    min: 2,
    default: 4,
    help: 'One in so many goes on at every rung, and a rung is so many times as far as the one before.',
    refusal: 'must be `reduction_factor >= 2`',
  },
  min_early_stopping_rate: {
    ...COUNT,
    min: 0,
    default: 0,
    help: 'Rungs that are left out at the beginning.',
    refusal: 'must be `min_early_stopping_rate >= 0`',
  },
  bootstrap_count: {
    ...COUNT,
    min: 0,
    default: 0,
    help: 'Trials that are pruned at a rung before any goes on.',
    refusal: 'must be `bootstrap_count >= 0`',
  },
} as const;

interface Halving {
  min_resource: number | null;
  reduction_factor: number;
  min_early_stopping_rate: number;
  bootstrap_count: number;
}

/** The first of those that came so far goes on, and of more one in reduction_factor; no trial waits for others. */
function halvingPruner(settings: Halving, direction: Direction): Pruner {
  const { reduction_factor, min_early_stopping_rate, bootstrap_count } = settings;
  const sign = signOfStudy(direction);
  let resource = settings.min_resource;
  return (trial, trials) => {
    const step = lastStep(trial);
    const value = trial.values.get(step)!;
    for (let rung = trial.rungs.length; ; rung++) {
      resource ??= estimated(trials);
      if (resource === null || step < resource * reduction_factor ** (min_early_stopping_rate + rung)) return null;
      if (Number.isNaN(value)) return 'its value is NaN';
      const competing = trials.flatMap(({ number, rungs }) =>
        number !== trial.number && rung < rungs.length ? [rungs[rung]!] : [],
      );
      trial.rungs[rung] = value;
      competing.push(value);
      if (competing.length <= bootstrap_count) return `it is one of the first ${bootstrap_count} at rung ${rung}`;
      const place = Math.max(0, Math.floor(competing.length / reduction_factor) - 1);
      const bar = competing.map((other) => sign * other).sort((a, b) => a - b)[place]!;
      if (!(sign * value <= bar))
        return `its value, ${fourDigits(value)}, is behind ${fourDigits(sign * bar)}, which is to be kept up with at rung ${rung}`;
    }
  };
}

function estimated(trials: readonly Trial[]): number | null {
  const steps = trials.filter(({ state, values }) => state === 'complete' && values.size > 0).map(lastStep);
  return steps.length === 0 ? null : Math.max(Math.floor(Math.max(...steps) / 100), 1);
}

export const OPTUNA_SUCCESSIVE_HALVING: RunsRule<typeof HALVING> = {
  label: 'Optuna SuccessiveHalvingPruner',
  version: OPTUNA,
  help: 'At every rung only the best of those that came so far goes on, one in reduction_factor where they are more. It is asynchronous: what comes later is not waited for.',
  parameters: HALVING,
  order: 'one-after-another',
  trouble: ({ min_resource, bootstrap_count }) =>
    bootstrap_count > 0 && min_resource === null
      ? `bootstrap_count: ${bootstrap_count} needs a min_resource; set one`
      : null,
  start: (settings, direction) => studyOf(halvingPruner(settings, direction)),
};

const HYPERBAND = {
  min_resource: { ...COUNT, min: 1, default: 1, help: 'Steps to the first rung of the first bracket.' },
  max_resource: {
    kind: 'optional',
    integer: true,
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    default: null,
    help: 'Steps of a whole trial; none is its auto: those of the longest trial that is complete when it first looks.',
  },
  reduction_factor: { ...COUNT, min: 2, default: 3, help: 'Of the successive halving in every bracket.' },
  bootstrap_count: { ...COUNT, min: 0, default: 0, help: 'Of the successive halving in every bracket.' },
} as const;

interface Bracket {
  budget: number;
  prune: Pruner;
}

export const OPTUNA_HYPERBAND: RunsRule<typeof HYPERBAND> = {
  label: 'Optuna HyperbandPruner',
  version: OPTUNA,
  help: 'Successive halving in several brackets, each with a rung less. The bracket of a trial follows from its number and the name of the study, here “study” if nothing else is said.',
  parameters: HYPERBAND,
  order: 'one-after-another',
  trouble: ({ max_resource, min_resource, bootstrap_count }) =>
    bootstrap_count > 0 && max_resource === null
      ? `bootstrap_count: ${bootstrap_count} needs a max_resource; set one`
      : max_resource !== null && max_resource < min_resource
        ? `max_resource: ${max_resource} must not be below min_resource, ${min_resource}`
        : null,
  start(settings, direction, study) {
    let brackets: Bracket[] | null = null;
    const bracketOf = ({ number }: Trial): number => {
      const total = brackets!.reduce((sum, { budget }) => sum + budget, 0);
      let n = crc32(new TextEncoder().encode(`${study}_${number}`)) % total;
      return brackets!.findIndex(({ budget }) => (n -= budget) < 0);
    };
    return studyOf((trial, trials) => {
      brackets ??= bracketsOf(settings, direction, trials);
      if (brackets === null) return null;
      const bracket = bracketOf(trial);
      const reason = brackets[bracket]!.prune(
        trial,
        trials.filter((other) => bracketOf(other) === bracket),
      );
      return reason === null ? null : `in bracket ${bracket} ${reason}`;
    });
  },
};

function bracketsOf(
  {
    min_resource,
    max_resource,
    reduction_factor,
    bootstrap_count,
  }: Omit<Halving, 'min_early_stopping_rate'> & { max_resource: number | null },
  direction: Direction,
  trials: readonly Trial[],
): Bracket[] | null {
  const complete = trials.filter(({ state, values }) => state === 'complete' && values.size > 0);
  if (max_resource === null && complete.length === 0) return null;
  const most = max_resource ?? Math.max(...complete.map(lastStep)) + 1;
  const count = Math.floor(Math.log(most / min_resource!) / Math.log(reduction_factor)) + 1;
  return Array.from({ length: count }, (_, bracket) => {
    const s = count - 1 - bracket;
    const settings = { min_resource, reduction_factor, bootstrap_count, min_early_stopping_rate: bracket };
    return {
      budget: Math.ceil((count * reduction_factor ** s) / (s + 1)),
      prune: halvingPruner(settings, direction),
    };
  });
}
