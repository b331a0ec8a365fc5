/** @file What a dataset is. One folder holds one dataset and exports it as `dataset`; nothing else has to change. */

export type Task = 'regression' | 'binary' | 'multiclass';

/** Uniform and standard normal numbers, handed in: a dataset owns no randomness of its own. */
export interface NumberSource {
  uniform(): number;
  normal(): number;
}

/** The settings a generator listens to. */
export interface GeneratorSettings {
  /** Standard deviation of the target's noise (one-dimensional), or spread of the clouds (two-dimensional). */
  noise: number;
  /** Probability that a class label is flipped; 0 for regression. */
  labelNoise: number;
}

/**
 * How the test points of the plane are laid: `sobol` today; `mirrored` in experiments that were kept before it, whose
 * recorded predictions belong to those points. Lines have one design.
 */
export const TEST_DESIGNS = ['sobol', 'mirrored'] as const;
export type TestDesign = (typeof TEST_DESIGNS)[number];

export interface Sample {
  /** `[n, features]`, row-major, raw units. */
  x: Float64Array;
  /** `[n]`: the noisy target, or the class index. */
  y: Float64Array;
}

interface Named {
  id: string;
  label: string;
  task: Task;
  /** One sentence a student can read. */
  about: string;
  /** Settings that suit these data, by path of the experiment, e.g. `{ 'data.noise': 0.2, 'model.inputScale': 1 }`. */
  suggested: Readonly<Record<string, unknown>>;
}

/** Data with a known law: every replica can have a fresh draw, and the error against the truth is known. */
export interface GeneratedDataset extends Named {
  kind: 'generated';
  features: 1 | 2;
  /** The formula or shape in a few characters, for the one-line summary, e.g. `sin 2πx`. */
  short: string;
  /** Box that holds the inputs worth drawing: `[low, high]` of each input. */
  domain: readonly (readonly [number, number])[];
  /** Mean and standard deviation of each input under the generator (exact or by quadrature). */
  moments(settings: GeneratorSettings): { mean: number[]; sd: number[] };
  sample(n: number, random: NumberSource, settings: GeneratorSettings): Sample;
  /** n test inputs `[n, features]` that stand for the input distribution: an even grid, or low-discrepancy points, laid as `design` says. */
  testPoints(n: number, settings: GeneratorSettings, design?: TestDesign): Float64Array;
  /** The true function, or the true P(class 1 | x) with label noise included, at one raw input. */
  truth(x: ArrayLike<number>, settings: GeneratorSettings): number;
}

/** A table in memory: features standardised by nobody yet, targets as numbers. */
export interface Table {
  name: string;
  task: Task;
  columns: string[];
  target: string;
  /** `[rows, columns]`, row-major, raw units. */
  features: Float32Array;
  /** `[rows]`: the value, or the class index. */
  targets: Float32Array;
  /** Class names in the order of their indices; null for regression. */
  classes: string[] | null;
  rows: number;
}

/** Real data kept in the repository, with its source and licence. */
export interface TableDataset extends Named {
  kind: 'table';
  short: string;
  rows: number;
  features: number;
  source: string;
  licence: string;
  /** SHA-256 of the data file beside dataset.ts, in hex; a test recomputes it. */
  sha256: string;
  load(): Promise<Table>;
}

export type Dataset = GeneratedDataset | TableDataset;
