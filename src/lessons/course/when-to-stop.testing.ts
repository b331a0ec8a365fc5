/** @file For tests: what happens in the lesson "When would you have stopped?". */
import type { LessonEffect } from './lesson.testing.ts';
import { noiseOf } from './figures/curves.ts';
import { estimate } from '../../decomposition/estimate.ts';

/** Of 400 epochs; the sizes of 600 epochs are higher by the share of the way that is left out. */
export const WHY_STOP_EFFECTS: readonly LessonEffect[] = [
  {
    name: 'error at the end minus the least',
    of: ([run]) => run!.outcomeNow().last.regret!,
    within: [0.15, 0.6],
  },
  {
    name: 'training error at the end minus the noise',
    of: ([run]) => {
      const { tape } = run!;
      const { replicas, epochs } = tape.shape;
      const last = Float64Array.from({ length: replicas }, (_, r) => tape.trainLoss[(r + 1) * epochs - 1]!);
      return estimate(last.map((loss) => loss - noiseOf(run!)))!;
    },
    within: [-0.6, -0.2],
  },
];
