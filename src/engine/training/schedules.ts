/** @file The schedules of the learning rate: one registry that the schema, the trainers and the page read. */
import { defaultsOfNamed, type NumberSetting } from '../experiment/settings/kinds.ts';

const factor = (help: string, value: number): NumberSetting => ({
  label: 'factor',
  help,
  min: 1e-6,
  max: 1,
  default: value,
});
const epochs = (label: string, help: string, value: number, min = 1): NumberSetting => ({
  label,
  help,
  min,
  max: 10000,
  integer: true,
  default: value,
});

export const SCHEDULES = {
  constant: { label: 'constant', help: 'The learning rate stays as it is.', numbers: {} },
  step: {
    label: 'step',
    help: 'The rate drops by a factor every so many epochs.',
    numbers: {
      factor: factor('The rate is multiplied by this.', 0.5),
      every: epochs('every', 'Epochs between drops.', 100),
    },
  },
  exponential: {
    label: 'exponential',
    help: 'The rate falls by the same factor at every epoch.',
    numbers: { factor: factor('The rate is multiplied by this at each epoch.', 0.99) },
  },
  cosine: {
    label: 'cosine',
    help: 'The rate falls along half a cosine to its floor at the last epoch.',
    numbers: {
      floor: { label: 'floor', help: 'Share of the rate that is left at the end.', min: 0, max: 1, default: 0 },
    },
  },
  'one-cycle': {
    label: 'one-cycle',
    help: 'The rate rises from a share of itself to the whole, then falls to nearly nothing at the last epoch.',
    numbers: {
      rise: { label: 'rise', help: 'Share of the epochs in which it rises.', min: 0, max: 1, default: 0.3 },
      start: { label: 'start', help: 'Share of the rate at the first step.', min: 0, max: 1, default: 0.04 },
      end: { label: 'end', help: 'Share of the rate at the end.', min: 0, max: 1, default: 0.0001 },
    },
  },
  plateau: {
    label: 'reduce on plateau',
    help: 'Each replica’s rate drops when its validation loss no longer improves, as ReduceLROnPlateau of Keras does.',
    numbers: {
      factor: factor('The rate is multiplied by this.', 0.1),
      patience: epochs('patience', 'Epochs without improvement before the rate drops.', 10),
      minDelta: { label: 'min delta', help: 'Smaller changes are no improvement.', min: 0, max: 1000, default: 0.0001 },
      cooldown: epochs('cooldown', 'Epochs after a drop in which none are counted.', 0, 0),
      minRate: { label: 'least rate', help: 'The rate does not fall below this.', min: 0, max: 10, default: 0 },
    },
  },
} as const satisfies Record<string, { label: string; help: string; numbers: Record<string, NumberSetting> }>;

export type ScheduleName = keyof typeof SCHEDULES;

/** `{ name: 'step', factor, every }`: the name and a value for each of its numbers. */
export type ScheduleSettings = {
  [N in ScheduleName]: { name: N } & Record<keyof (typeof SCHEDULES)[N]['numbers'], number>;
}[ScheduleName];

export function scheduleDefaults(name: ScheduleName): ScheduleSettings {
  return defaultsOfNamed<ScheduleSettings>(SCHEDULES, name);
}

/** What the learning rate of an experiment goes by. */
interface Scheduled {
  training: { optimizer: { learningRate: number }; schedule: ScheduleSettings; warmup: number; epochs: number };
  stages: readonly { from: number }[];
}

/**
 * The learning rate of step `place` of `steps` in an epoch counted from 0, in float64; reduction on a plateau not
 * counted, which belongs to a replica. An experiment with stages is given as `inStage` has it: time counts from its stage. Warm-up rises linearly over its epochs and reaches the whole rate at its last
 * step; then the schedule begins, its time being what is left. Step and exponential change between epochs only, cosine
 * (Loshchilov and Hutter 2017, without restarts) and one-cycle (Smith and Topin 2018, cosine both ways) at every step.
 */
export function rateAt({ training, stages }: Scheduled, epoch: number, place: number, steps: number): number {
  const { optimizer, schedule, warmup } = training;
  const rate = optimizer.learningRate;
  const from = stages[0]?.from ?? 0;
  const own = epoch - from;
  if (own < warmup) return (rate * (own + (place + 1) / steps)) / warmup;
  const gone = own - warmup;
  const progress = (gone + place / steps) / Math.max(1, training.epochs - from - warmup);
  switch (schedule.name) {
    case 'constant':
    case 'plateau':
      return rate;
    case 'step':
      return rate * schedule.factor ** Math.floor(gone / schedule.every);
    case 'exponential':
      return rate * schedule.factor ** gone;
    case 'cosine':
      return rate * eased(1, schedule.floor, progress);
    case 'one-cycle': {
      const { rise, start, end } = schedule;
      const share =
        progress < rise
          ? eased(start, 1, progress / rise)
          : eased(1, end, (progress - rise) / Math.max(1 - rise, 1e-9));
      return rate * share;
    }
    default:
      return schedule satisfies never;
  }
}

/** From `a` to `b` along half a cosine; beyond the end it stays there. */
function eased(a: number, b: number, progress: number): number {
  return b + ((a - b) * (1 + Math.cos(Math.PI * Math.min(progress, 1)))) / 2;
}
