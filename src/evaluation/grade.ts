/**
 * @file Whether a policy stops too early or too late, and which term of the error is to blame.
 *
 * Early and late are statements about epochs: where each replica's kept epoch lies beside the best common one. They are
 * made only where the error is higher than there and the epochs lie to one side, each beyond its standard error over the
 * replicas. Which of bias² and variance pays for it is a second statement, with a standard error of its own.
 */
import { estimate, paired, type Estimate } from '../decomposition/estimate.ts';
import type { Outcome } from './outcome.ts';

/**
 * Against the best common stop: `early` or `late` if the kept epochs lie on average before or after those that cannot be
 * told apart from it and that costs error, `level` if the error is not higher, `below` if it is lower, `unknown` if the error
 * is higher and the epochs do not say why, or without a standard error.
 */
export type Grade = 'early' | 'late' | 'level' | 'below' | 'unknown';

export interface StopGrade {
  grade: Grade;
  /** Whether the evidence is beyond two standard errors, not just one. */
  sure: boolean;
  /** The term of the error that is higher than at the best common stop, beyond its standard error. */
  blame: { term: 'bias2' | 'variance'; growth: Estimate } | null;
}

const beyond = ({ value, se }: Estimate, times: number) => se !== null && Math.abs(value) > times * se;

export function gradeOf({ stop, best, bestEpoch, level }: Outcome): StopGrade {
  const { regret } = stop;
  const neither = (grade: Grade, sure = false): StopGrade => ({ grade, sure, blame: null });
  if (!regret || regret.se === null) return neither('unknown');
  if (!beyond(regret, 1)) return neither('level');
  if (regret.value < 0) return neither('below', beyond(regret, 2));

  const cost = stop.decomposition!.perReplica.map((error, r) => error - best.decomposition!.perReplica[r]!);
  const away = Float64Array.from(stop.restored, (epoch, r) => (Number.isNaN(cost[r]!) ? NaN : epoch - bestEpoch));
  const timing = estimate(away)!;
  const isLevel = timing.value >= level.from - bestEpoch && timing.value <= level.to - bestEpoch;
  if (isLevel || !beyond(timing, 1)) return neither('unknown');
  // What the replicas on the named side lose has to outweigh what those on the other side lose.
  const lost = (side: number) => cost.reduce((sum, x, r) => (away[r]! * side > 0 ? sum + x : sum), 0);
  const side = Math.sign(timing.value);
  if (lost(side) <= lost(-side)) return neither('unknown');
  return {
    grade: side < 0 ? 'early' : 'late',
    sure: beyond(regret, 2) && beyond(timing, 2),
    blame: blameOf(stop.decomposition?.pseudo, best.decomposition?.pseudo),
  };
}

type Pseudo = NonNullable<Outcome['stop']['decomposition']>['pseudo'] | undefined;

function blameOf(stop: Pseudo, best: Pseudo): StopGrade['blame'] {
  if (!stop || !best) return null;
  const growths = (['bias2', 'variance'] as const)
    .map((term) => ({ term, growth: paired(stop[term], best[term]) }))
    .filter(
      (x): x is NonNullable<StopGrade['blame']> => x.growth !== null && x.growth.value > 0 && beyond(x.growth, 1),
    );
  return growths.sort((a, b) => b.growth.value - a.growth.value)[0] ?? null;
}
