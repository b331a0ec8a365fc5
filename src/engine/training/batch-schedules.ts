/** @file How the batch size changes while an ensemble trains: one registry that the schema, the engine and the page read. */
import { defaultsOfNamed, type NumberSetting } from '../experiment/settings/kinds.ts';

const factor: NumberSetting = {
  label: 'factor',
  help: 'The batch is multiplied by this.',
  min: 0.01,
  max: 100,
  default: 2,
};
const epochs = (label: string, help: string, value: number): NumberSetting => ({
  label,
  help,
  min: 1,
  max: 10000,
  integer: true,
  default: value,
});

/** All replicas share one batch size: what measurements decide is decided on their mean. */
export const BATCH_SCHEDULES = {
  fixed: { label: 'fixed', help: 'The batch stays as it is.', numbers: {} },
  grow: {
    label: 'every so many epochs',
    help: 'The batch grows, or shrinks, by a factor every so many epochs (AdaBatch).',
    numbers: { factor, every: epochs('every', 'Epochs between changes.', 50) },
  },
  plateau: {
    label: 'on a plateau',
    help: 'The batch changes when the mean validation loss no longer improves.',
    numbers: {
      factor,
      patience: epochs('patience', 'Epochs without improvement before it changes.', 10),
      minDelta: { label: 'min delta', help: 'Smaller changes are no improvement.', min: 0, max: 1000, default: 0.0001 },
    },
  },
  'norm-test': {
    label: 'norm test',
    help: 'The batch grows as far as the noise of its gradient has to shrink to θ times the gradient (Byrd et al. 2012).',
    numbers: {
      theta: { label: 'θ', help: 'Noise allowed, as a share of the gradient.', min: 0.01, max: 100, default: 0.9 },
    },
  },
  cabs: {
    label: 'CABS',
    help: 'The batch is the learning rate times the variance of the gradient over the loss (Balles et al. 2017).',
    numbers: {},
  },
} as const satisfies Record<string, { label: string; help: string; numbers: Record<string, NumberSetting> }>;

export type BatchScheduleName = keyof typeof BATCH_SCHEDULES;

/** The name and a value for each of its numbers. */
export type BatchScheduleSettings = {
  [N in BatchScheduleName]: { name: N } & Record<keyof (typeof BATCH_SCHEDULES)[N]['numbers'], number>;
}[BatchScheduleName];

export function batchScheduleDefaults(name: BatchScheduleName): BatchScheduleSettings {
  return defaultsOfNamed<BatchScheduleSettings>(BATCH_SCHEDULES, name);
}

/** Whether it goes by the gradient's noise, which then has to be measured. */
export const goesByNoise = ({ name }: BatchScheduleSettings): boolean => name === 'norm-test' || name === 'cabs';

/** Whether the gradients of single points are measured after each epoch, as asked or because the batch size goes by them. */
export const measuresGradients = (training: {
  gradientNoise: boolean;
  batchSchedule: BatchScheduleSettings;
}): boolean => training.gradientNoise || goesByNoise(training.batchSchedule);
