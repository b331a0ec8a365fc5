/** @file The settings of the training, and of the stages in which it goes on with others. */
import { BATCH_SCHEDULES, type BatchScheduleSettings } from '../../training/batch-schedules.ts';
import { OPTIMIZERS, optimizerDefaults, type OptimizerSettings } from '../../training/optimizers.ts';
import { SCHEDULES, type ScheduleSettings } from '../../training/schedules.ts';
import { flagEntry, listEntry, namedEntry, numberEntry, otherEntry, type SettingValues } from './kinds.ts';
import { MODEL } from './model.ts';

const OFF = { default: 0, since: { version: 2, before: 0 } };

/** The settings that a stage may have of its own. */
const STAGE_TRAINING = {
  optimizer: namedEntry<OptimizerSettings>({
    label: 'optimizer',
    help: 'How a gradient becomes a step.',
    registry: OPTIMIZERS,
    default: optimizerDefaults('adam'),
    timing: 'value',
  }),
  schedule: namedEntry<ScheduleSettings>({
    label: 'schedule',
    help: 'How the learning rate changes over the epochs.',
    registry: SCHEDULES,
    default: { name: 'constant' },
    since: { version: 2, before: { name: 'constant' } },
  }),
  warmup: numberEntry({
    label: 'warm-up',
    help: 'Epochs over which the learning rate rises from zero before its schedule begins.',
    min: 0,
    max: 10000,
    integer: true,
    ...OFF,
  }),
  batchSize: otherEntry<number | 'full'>({
    label: 'batch size',
    name: 'batch',
    help: 'Points of one gradient step: a whole number, or full for the whole training set.',
    accepts: (x) => x === 'full' || (typeof x === 'number' && Number.isInteger(x) && x >= 1 && x <= 10000),
    remedy: 'must be "full" or a whole number from 1 to 10000',
    default: 'full',
    timing: 'value',
  }),
  batchSchedule: namedEntry<BatchScheduleSettings>({
    label: 'batch over time',
    help: 'How the batch size changes over the epochs.',
    registry: BATCH_SCHEDULES,
    default: { name: 'fixed' },
    since: { version: 2, before: { name: 'fixed' } },
    timing: 'value',
  }),
  // λ of λ·Σ|w| and λ·Σw² over the weights, biases left out, added to each replica's loss; not part of the losses shown.
  l1: numberEntry({
    label: 'L1',
    help: 'Weight of the sum of absolute weights in the loss; it drives weights to zero.',
    min: 0,
    max: 10,
    timing: 'on',
    ...OFF,
  }),
  l2: numberEntry({
    label: 'L2',
    help: 'Weight of the sum of squared weights in the loss.',
    min: 0,
    max: 10,
    default: 0,
    timing: 'on',
  }),
  /** λ of w −= η·λ·w at each step, biases left out; not for AdamW, which has its own. */
  weightDecay: numberEntry({
    label: 'weight decay',
    help: 'Share of the weights, times the learning rate, taken away at each step, apart from the loss.',
    min: 0,
    max: 10,
    ...OFF,
  }),
  /** Largest ‖w‖ of a unit's incoming weights, biases left out. */
  maxNorm: numberEntry({
    label: 'max norm',
    help: 'No unit’s incoming weights may be longer than this; 0 sets no limit.',
    min: 0,
    max: 1000,
    timing: 'on',
    ...OFF,
  }),
  // The gradient, penalties included, is clipped by value first, then by its norm over all parameters of a replica.
  clipValue: numberEntry({
    label: 'clip value',
    help: 'Each number of the gradient is kept within ± this; 0 sets no limit.',
    min: 0,
    max: 1000,
    ...OFF,
  }),
  clipNorm: numberEntry({
    label: 'clip norm',
    help: 'A gradient longer than this is shortened to it; 0 sets no limit.',
    min: 0,
    max: 1000,
    timing: 'on',
    ...OFF,
  }),
  /** Standard deviation of fresh normal noise on the inputs, as the network sees them, in training. */
  inputNoise: numberEntry({
    label: 'input noise',
    help: 'Standard deviation of fresh noise on the inputs at each step, in units of what the network sees.',
    min: 0,
    max: 10,
    timing: 'on',
    ...OFF,
  }),
};

const EPOCHS = numberEntry({
  label: 'epochs',
  help: 'Passes over the training set.',
  min: 1,
  max: 10000,
  integer: true,
  default: 400,
  invalidates: 'length',
});

export const TRAINING = {
  ...STAGE_TRAINING,
  /** Whether the noise of the gradient is measured after each epoch, also where no schedule goes by it. */
  gradientNoise: flagEntry({
    label: 'gradient noise',
    name: 'gradient noise measured',
    help: 'After each epoch, how much the gradient of one training point differs from that of all; the rules “evidence” and “gradient disparity” stop by it. It takes about as long as the training.',
    default: false,
    since: { version: 2, before: false },
  }),
  shuffle: flagEntry({
    label: 'shuffle each epoch',
    name: 'shuffle',
    help: 'Draw a new order of the points for every epoch.',
    default: true,
  }),
  epochs: EPOCHS,
  haltWhenStopped: flagEntry({
    label: 'halt when all stopped',
    name: 'halt when stopped',
    help: 'Ends the training when the rule has stopped every replica, as a real job would. Without it, training goes on to the last epoch, so that any rule can be replayed.',
    default: false,
  }),
};

/** How a run goes on from some epoch on. */
export const STAGE = {
  /** Epochs trained before it begins. */
  from: numberEntry({ ...EPOCHS, max: 9999 }),
  training: STAGE_TRAINING,
  /** As in `model.dropout`. */
  dropout: MODEL.dropout,
};

/** In the order of their beginnings. */
export const STAGES = listEntry<SettingValues<typeof STAGE>>({
  label: 'stages',
  help: 'How a run that goes on with other settings trains from some epoch on.',
  of: STAGE,
  remedy: 'must be a list of stages',
  default: [],
  since: { version: 2, before: [] },
  inLink: 'json',
});
