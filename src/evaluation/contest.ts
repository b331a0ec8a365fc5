/**
 * @file Promise and truth: what the lowest of many looks at noisy points reports, and what it is worth on points that
 * nobody has looked at.
 */
import { estimate, type Estimate } from '../decomposition/estimate.ts';

/** One who took part: the lowest value of all its looks, and the true value at the same place. */
export interface Candidate {
  promise: number;
  truth: number;
  /** The epoch (index) of the lowest value. */
  epoch: number;
  /** Values that were looked at. */
  looks: number;
}

/** The lowest of the first looks, all by default; null where none is finite. `truths` stand beside the `looks`. */
export function lowestLook(
  looks: ArrayLike<number>,
  truths: ArrayLike<number>,
  count: number = looks.length,
): Candidate | null {
  let epoch = -1;
  for (let e = 0; e < count; e++) {
    const value = looks[e]!;
    if (Number.isFinite(value) && (epoch === -1 || value < looks[epoch]!)) epoch = e;
  }
  return epoch === -1 ? null : { promise: looks[epoch]!, truth: truths[epoch]!, epoch, looks: count };
}

export interface Contest {
  /** By promise, the lowest first: the first has won. */
  ranked: readonly (Candidate & { replica: number })[];
  /** Place of the winner by its truth, from 1. */
  rankByTruth: number;
  /** Looks of all together. */
  looks: number;
  /** Promise minus truth of all candidates: what a lowest look is short of without a contest. */
  optimism: Estimate;
}

/** Of the candidates that are any; null where there are none. */
export function contestOf(candidates: readonly (Candidate | null)[]): Contest | null {
  const ranked = candidates
    .flatMap((candidate, replica) => (candidate ? [{ ...candidate, replica }] : []))
    .sort((a, b) => a.promise - b.promise);
  const [winner] = ranked;
  if (!winner) return null;
  return {
    ranked,
    rankByTruth: 1 + ranked.filter(({ truth }) => truth < winner.truth).length,
    looks: ranked.reduce((sum, { looks }) => sum + looks, 0),
    optimism: estimate(ranked.map(({ promise, truth }) => promise - truth))!,
  };
}

/**
 * Promise minus truth of the winner among so many candidates, expected over which of them take part, each set of that
 * size as likely: with m others of n that promise more, a candidate wins with probability C(m, k − 1) / C(n, k).
 */
export function winnersGap({ ranked }: Contest, candidates: number): number {
  const n = ranked.length;
  if (!(candidates >= 1 && candidates <= n)) throw new Error(`candidates: ${candidates} must be from 1 to ${n}`);
  // C(m, k − 1) / C(n, k), from the best down: each is the one before times (m − k + 2) / (m + 1).
  let chance = candidates / n;
  let gap = 0;
  ranked.forEach(({ promise, truth }, i) => {
    gap += chance * (promise - truth);
    const others = n - 1 - i;
    chance *= others === 0 ? 0 : (others - candidates + 1) / others;
  });
  return gap;
}
