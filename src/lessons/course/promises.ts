/** @file What a ruler promises: the lowest validation loss of each network, and the truth of the same epoch. */
import { estimate, paired, type Estimate } from '../../decomposition/estimate.ts';
import { lowestLook, type Candidate } from '../../evaluation/contest.ts';
import { oncePerRun, type CourseRun } from './course-run.ts';

/** `[R]`: of each network; null for one without a finite loss. */
export const promisesOf = oncePerRun(({ tape, length }: CourseRun): readonly (Candidate | null)[] => {
  const { replicas, epochs } = tape.shape;
  const of = (curve: Float32Array, r: number) => curve.subarray(r * epochs, r * epochs + length);
  return Array.from({ length: replicas }, (_, r) => lowestLook(of(tape.validationLoss, r), of(tape.testLoss, r)));
});

const column = (run: CourseRun, key: 'promise' | 'truth'): Float64Array =>
  Float64Array.from(promisesOf(run), (candidate) => candidate?.[key] ?? NaN);

export const meanPromise = (run: CourseRun): Estimate => estimate(column(run, 'promise'))!;
export const meanTruth = (run: CourseRun): Estimate => estimate(column(run, 'truth'))!;
/** Promise minus truth: below zero where the ruler promises too much. */
export const promiseGap = (run: CourseRun): Estimate => paired(column(run, 'promise'), column(run, 'truth'))!;
/** The same quantity of two runs whose networks share their training, one by one. */
export const betweenRulers = (run: CourseRun, other: CourseRun, key: 'promise' | 'truth'): Estimate =>
  paired(column(run, key), column(other, key))!;

/** Networks whose promise lies below a floor under which none can get. */
export const impossibleOf = (run: CourseRun, floor: number): number =>
  promisesOf(run).filter((candidate) => candidate !== null && candidate.promise < floor).length;

/**
 * One network watched by many rulers of n points: the mean of k of them is a ruler of k·n points, so that one tape holds
 * rulers of several lengths. Returns the epochs, as trained, that each of the R / k longer rulers keeps.
 */
export function keptByRulers({ tape, length }: CourseRun, k: number): number[] {
  const { replicas, epochs } = tape.shape;
  return Array.from({ length: Math.floor(replicas / k) }, (_, group) => {
    const mean = new Float64Array(length);
    for (let r = group * k; r < (group + 1) * k; r++) {
      for (let e = 0; e < length; e++) mean[e]! += tape.validationLoss[r * epochs + e]! / k;
    }
    return mean.indexOf(Math.min(...mean)) + 1;
  });
}
