/**
 * @file Where the variance comes from: the training data (sampling), initial weights and batch order (optimisation) or the
 * validation set, by the law of total variance over replicas that share some of these.
 */
import type { Draws } from '../engine/data/draws.ts';
import type { Estimate } from './estimate.ts';

type DrawNumbers = Readonly<Record<keyof Draws, ArrayLike<number>>>;

/** Null: the replicas do not tell. Standard errors: see `varianceSources`; null where two draws are too few. */
export interface VarianceSources {
  error: Estimate;
  noise: number;
  bias2: Estimate;
  /** bias² + variance + noise = error. */
  variance: Estimate;
  /** Var E[p | training set]: what another training set would change. Contains the validation set's where that is null. */
  sampling: Estimate | null;
  /** E Var[p | training set]: what another seed would change. */
  optimisation: Estimate | null;
  /** Of `optimisation`, what a seed does to all training sets alike, and what it does to each differently. */
  seeds: Estimate | null;
  interaction: Estimate | null;
  /** E Var[p | training]: what another validation set would change, and can change only through the stop. */
  validation: Estimate | null;
}

type Terms = Record<keyof Omit<VarianceSources, 'noise'>, number | null>;

/** What two replicas have in common. */
const APART = 0;
const SAME_SEED = 1;
const SAME_DATA = 2;
const SAME_TRAINING = 3;
const KINDS = 4;

/** Sums over single replicas and over pairs of each kind, which everything is made of. */
class Sums {
  singles = 0;
  squares = 0;
  readonly pairs = new Float64Array(KINDS);
  /** Products of gaps to the target, and half squared differences of predictions. */
  readonly products = new Float64Array(KINDS);
  readonly halves = new Float64Array(KINDS);

  without(other: Sums): Sums {
    const left = new Sums();
    left.singles = this.singles - other.singles;
    left.squares = this.squares - other.squares;
    for (let kind = 0; kind < KINDS; kind++) {
      left.pairs[kind] = this.pairs[kind]! - other.pairs[kind]!;
      left.products[kind] = this.products[kind]! - other.products[kind]!;
      left.halves[kind] = this.halves[kind]! - other.halves[kind]!;
    }
    return left;
  }

  addPair(kind: number, product: number, half: number): void {
    this.pairs[kind]! += 1;
    this.products[kind]! += product;
    this.halves[kind]! += half;
  }
}

/**
 * `predictionsAt(r)` gives replica r's `[D, K]`, or null to leave it out; `target` is `[D, K]`, `noise` `[D]`. Null if no two replicas are draws apart, in
 * all that is drawn more than once. Squared error (or Brier score), averaged over points and summed over outputs.
 *
 * With p = μ + a(data) + b(seed) + c(data, seed), the mean of ½(p_r − p_s)² over the pairs of replicas
 *   with the same data and another seed is σ²_b + σ²_c (optimisation),
 *   with the same seed and other data σ²_a + σ²_c,
 *   apart in both σ²_a + σ²_b + σ²_c (the variance), and the mean of (p_r − f)(p_s − f) over these is bias²;
 * each without bias for any number of draws, and for a full grid those of the analysis of variance (Searle, Casella,
 * McCulloch, Variance Components, 1992, ch. 4). Sampling and optimisation are those of Neal et al., arXiv 1810.08591.
 * Replicas that differ in the validation set alone give its share. Leaving out a replica leaves its pairs out.
 *
 * Standard errors: the jackknife leaves out each training set with all its replicas, and, where seeds meet several
 * training sets, each seed; the two variances are added, as for means over a grid (Owen, The pigeonhole bootstrap, 2007),
 * which counts the interaction twice and so is on the wide side.
 */
export function varianceSources(
  predictionsAt: (replica: number) => Float32Array | null,
  R: number,
  { target, noise }: { target: Float64Array; noise: Float64Array },
  draws: DrawNumbers,
): VarianceSources | null {
  const kept: { r: number; gaps: Float64Array; square: number }[] = [];
  for (let r = 0; r < R; r++) {
    const predictions = predictionsAt(r);
    if (!predictions) continue;
    const gaps = Float64Array.from(predictions, (p, i) => p - target[i]!);
    kept.push({ r, gaps, square: gaps.reduce((sum, gap) => sum + gap * gap, 0) });
  }
  const several = {
    data: new Set(kept.map(({ r }) => draws.data[r])).size > 1,
    seeds: new Set(kept.map(({ r }) => draws.seeds[r])).size > 1,
  };
  const all = new Sums();
  const ofData = new Map<number, Sums>();
  const ofSeed = new Map<number, Sums>();
  const sumsOf = (map: Map<number, Sums>, label: number) => {
    const sums = map.get(label) ?? new Sums();
    map.set(label, sums);
    return sums;
  };
  // Of two validation sets for each training, pairs that share one would tell less of the seed: they are passed over.
  const paired = hasPairs(kept, draws);
  kept.forEach(({ r, gaps, square }, k) => {
    const own = [all, sumsOf(ofData, draws.data[r]!), sumsOf(ofSeed, draws.seeds[r]!)];
    for (const sums of own) {
      sums.singles += 1;
      sums.squares += square;
    }
    for (let j = 0; j < k; j++) {
      const other = kept[j]!;
      const sameData = draws.data[r] === draws.data[other.r];
      const sameSeed = draws.seeds[r] === draws.seeds[other.r];
      const kind = Number(sameSeed) + 2 * Number(sameData);
      if (paired && kind === SAME_DATA && draws.validation[r] === draws.validation[other.r]) continue;
      let product = 0;
      for (let i = 0; i < gaps.length; i++) product += gaps[i]! * other.gaps[i]!;
      const half = halfSquare(gaps, other.gaps, square, other.square, product);
      all.addPair(kind, product, half);
      own[1]!.addPair(kind, product, half);
      own[2]!.addPair(kind, product, half);
      if (!sameData) sumsOf(ofData, draws.data[other.r]!).addPair(kind, product, half);
      if (!sameSeed) sumsOf(ofSeed, draws.seeds[other.r]!).addPair(kind, product, half);
    }
  });

  const D = noise.length;
  const noiseMean = noise.reduce((sum, x) => sum + x, 0) / D;
  const whole = termsOf(all, several, D);
  if (whole.bias2 === null) return null;
  const crossed = all.pairs[SAME_SEED]! > 0;
  const axes = [
    ...(several.data ? [[...ofData.values()]] : []),
    ...(several.seeds && (crossed || !several.data) ? [[...ofSeed.values()]] : []),
  ].map((left) => left.map((sums) => termsOf(all.without(sums), several, D)));
  const estimateOf = (term: keyof Terms): Estimate | null => {
    const value = whole[term];
    if (value === null) return null;
    return { value: term === 'error' ? value + noiseMean : value, se: jackknifeOver(axes, term) };
  };
  return {
    error: estimateOf('error')!,
    noise: noiseMean,
    bias2: estimateOf('bias2')!,
    variance: estimateOf('variance')!,
    sampling: estimateOf('sampling'),
    optimisation: estimateOf('optimisation'),
    seeds: estimateOf('seeds'),
    interaction: estimateOf('interaction'),
    validation: estimateOf('validation'),
  };
}

/** Whether any two replicas differ in the validation set alone. */
function hasPairs(kept: readonly { r: number }[], { data, seeds, validation }: DrawNumbers): boolean {
  const sets = new Map<string, number>();
  return kept.some(({ r }) => {
    const training = `${data[r]} ${seeds[r]}`;
    const first = sets.get(training);
    sets.set(training, validation[r]!);
    return first !== undefined && first !== validation[r];
  });
}

/** ½Σ(a − b)², from the products where these keep its digits. */
function halfSquare(a: Float64Array, b: Float64Array, aa: number, bb: number, ab: number): number {
  const half = (aa + bb) / 2 - ab;
  if (half > 1e-6 * (aa + bb)) return half;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum / 2;
}

function termsOf(sums: Sums, several: { data: boolean; seeds: boolean }, D: number): Terms {
  const mean = (of: Float64Array, kind: number) => (sums.pairs[kind]! > 0 ? of[kind]! / sums.pairs[kind]! / D : null);
  const minus = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
  // Apart in all that is drawn more than once: what is held for all has no variance to show.
  const apart = several.data ? (several.seeds ? APART : SAME_SEED) : several.seeds ? SAME_DATA : SAME_TRAINING;
  const error = sums.singles > 0 ? sums.squares / sums.singles / D : null;
  const bias2 = mean(sums.products, apart);
  const variance = minus(error, bias2);
  const validation = mean(sums.halves, SAME_TRAINING);
  const sameData = mean(sums.halves, SAME_DATA);
  const optimisation = sameData === null ? null : sameData - (validation ?? 0);
  const seeds = several.data && several.seeds ? minus(variance, mean(sums.halves, SAME_SEED)) : null;
  return {
    error,
    bias2,
    variance,
    sampling: several.data ? minus(variance, several.seeds ? sameData : validation) : null,
    optimisation: several.seeds ? optimisation : null,
    seeds,
    interaction: minus(optimisation, seeds),
    validation,
  };
}

/** √ of the sum over the axes of (g − 1)/g·Σ(θ₍ⱼ₎ − mean)², with θ₍ⱼ₎ the term without the j-th of g draws. */
function jackknifeOver(axes: readonly Terms[][], term: keyof Terms): number | null {
  let sum = 0;
  for (const axis of axes) {
    const left = axis.map((terms) => terms[term]);
    if (left.length < 2 || !left.every((value) => value !== null)) return null;
    const mean = left.reduce((a, b) => a + b, 0) / left.length;
    sum += ((left.length - 1) / left.length) * left.reduce((a, value) => a + (value - mean) ** 2, 0);
  }
  return axes.length > 0 ? Math.sqrt(sum) : null;
}

/** What a decomposition needs of replicas that share draws; null where they share none. */
export const sharedDraws = (draws: Draws | null) => draws && { ...draws, sourcesOf: varianceSources };
