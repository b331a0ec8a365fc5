/** @file The learning rate at each epoch, as the strip under the learning curves shows it and puts it in words. */
import { stepsPerEpoch } from '../../engine/training/batches.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { rateAt, SCHEDULES } from '../../engine/training/schedules.ts';
import { inStage } from '../../engine/experiment/stages.ts';

/** The settings of training in each stage, the first included. */
const stagesOf = (experiment: Experiment) =>
  [0, ...experiment.stages.map(({ from }) => from)].map((from) => inStage(experiment, from).training);

/**
 * `[epochs]`: the scheduled rate at each epoch's last step, the batch being that of its stage's start; null where the
 * rate never changes, which needs no picture. Float32, as the tape has it.
 */
export function scheduledRates(experiment: Experiment, epochs: number): Float32Array | null {
  const stages = stagesOf(experiment);
  const rate = stages[0]!.optimizer.learningRate;
  const same = stages.every(
    ({ schedule, warmup, optimizer }) =>
      schedule.name === 'constant' && warmup === 0 && optimizer.learningRate === rate,
  );
  if (same) return null;
  return Float32Array.from({ length: epochs }, (_, epoch) => {
    const staged = inStage(experiment, epoch);
    const steps = stepsPerEpoch(staged, staged.data.trainSize);
    return rateAt(staged, epoch, steps - 1, steps);
  });
}

/** Whether replicas may have rates of their own, below what is scheduled. */
export const haveOwnRates = (experiment: Experiment): boolean =>
  stagesOf(experiment).some(({ schedule }) => schedule.name === 'plateau');

/** Remembers the lowest of `[R, E]` rates in the epochs recorded, so that only those that are new have to be read. */
export function lowestRate(): (rates: Float32Array, stride: number, epochs: number) => number {
  let seen: { rates: Float32Array | null; epochs: number; low: number } = { rates: null, epochs: 0, low: Infinity };
  return (rates, stride, epochs) => {
    if (rates !== seen.rates || epochs < seen.epochs) seen = { rates, epochs: 0, low: Infinity };
    for (let row = 0; row < rates.length; row += stride) {
      for (let e = seen.epochs; e < epochs; e++) seen.low = Math.min(seen.low, rates[row + e]!);
    }
    seen.epochs = epochs;
    return seen.low;
  };
}

/** The smallest and the largest of some rates. */
export function rateRange(rates: ArrayLike<number>): { low: number; high: number } {
  const range = { low: Infinity, high: -Infinity };
  for (let e = 0; e < rates.length; e++) {
    range.low = Math.min(range.low, rates[e]!);
    range.high = Math.max(range.high, rates[e]!);
  }
  return range;
}

/** `0.0123`, `2.5e−4`, `4e−23`: short enough for the gutter of a chart, the fewer digits the less the rate can do. */
export function rateText(rate: number): string {
  const plain = Number(rate.toPrecision(3));
  if (plain === 0 || plain >= 0.001) return String(plain);
  const short = Number(rate.toPrecision(rate < 1e-9 ? 1 : 2));
  return short.toExponential().replace('-', '−');
}

/**
 * One sentence: the schedule, or those of the stages, where the rate begins, how high it comes, and where it ends; or,
 * where each replica has a rate of its own, from where to where these are by now.
 */
export function spokenRates(experiment: Experiment, rates: ArrayLike<number>, latest: readonly number[]): string {
  const kinds = stagesOf(experiment).map(({ schedule, warmup }) => {
    const { label } = SCHEDULES[schedule.name];
    return warmup > 0 ? `${label} after ${warmup} epochs of warm-up` : label;
  });
  const last = rates.length - 1;
  const top = `${rateText(rates[0]!)} at epoch 1, at most ${rateText(rateRange(rates).high)}`;
  const now = rateRange(latest);
  const range = now.low === now.high ? rateText(now.low) : `${rateText(now.low)} to ${rateText(now.high)}`;
  const end =
    latest.length > 0 ? `by now ${range} over the replicas` : `${rateText(rates[last]!)} at epoch ${last + 1}`;
  return `Learning rate, ${kinds.join(', then ')}: ${top}, ${end}.`;
}
