/** @file The learning rate of every step by the definitions of the schedules, counted in steps; apart from `rateAt`. */
import type { Experiment } from '../../experiment/experiment.ts';

/** Of step `place` of `steps` in an epoch, both from 0; reduction on a plateau not counted, which is a replica's own. */
export function scheduledRate(
  { training, stages }: Pick<Experiment, 'training' | 'stages'>,
  epoch: number,
  place: number,
  steps: number,
): number {
  const { optimizer, schedule, warmup, epochs } = training;
  const begin = stages[0]?.from ?? 0;
  const step = (epoch - begin) * steps + place;
  const warm = warmup * steps;
  if (step < warm) return optimizer.learningRate * ((step + 1) / warm);
  const done = Math.min(1, (step - warm) / Math.max(steps, (epochs - begin) * steps - warm));
  return optimizer.learningRate * shareOf(schedule, Math.floor((step - warm) / steps), done);
}

/** After so many whole epochs, and this share of all steps, since the warm-up. */
function shareOf(schedule: Experiment['training']['schedule'], epochs: number, done: number): number {
  switch (schedule.name) {
    case 'constant':
    case 'plateau':
      return 1;
    case 'step':
      return schedule.factor ** Math.floor(epochs / schedule.every);
    case 'exponential':
      return schedule.factor ** epochs;
    case 'cosine':
      return schedule.floor + (1 - schedule.floor) * falling(done);
    case 'one-cycle': {
      const { rise, start, end } = schedule;
      if (done < rise) return start + (1 - start) * (1 - falling(done / rise));
      return end + (1 - end) * falling(rise < 1 ? (done - rise) / (1 - rise) : 0);
    }
    default:
      return schedule satisfies never;
  }
}

/** ½·(1 + cos πx) as cos²: 1 at 0, 0 at 1. */
const falling = (x: number) => Math.cos((Math.PI / 2) * x) ** 2;
