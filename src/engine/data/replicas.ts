/** @file Draws each replica's training and validation set and the shared test set, ready for a network. */
import type { GeneratedDataset, Table } from '../../../datasets/contract.ts';
import { datasetOf } from '../../../datasets/index.ts';
import { DataError } from './data-error.ts';
import { drawOf, drawsOf, type Draws } from './draws.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { OBJECTIVES } from '../model/objectives.ts';
import { holdOut, replicaRows } from './resampling.ts';
import { moments, rowsOf, toSeen, type Standardisation } from './standardisation.ts';
import {
  addOutliers,
  flipLabels,
  leak,
  samplePoints,
  shifted,
  shiftedHoldOut,
  spreadOf,
  thinnedPool,
  type Part,
} from './trouble.ts';

/** The points of all replicas: inputs standardised and scaled as the network sees them. */
export interface Split {
  /** Points of each replica. */
  size: number;
  /** `[R, size, D]` */
  x: Float32Array;
  /** `[R, size]`: standardised target, or class index. */
  y: Float32Array;
}

export interface TestSet {
  size: number;
  /** `[size, D]`, as the network sees them. */
  x: Float32Array;
  /**
   * `[size, K]`: what the error is measured against. Known law: the true function, or the true probability of each
   * class (K = 1: of class 1). Real data: the standardised target, or one-hot labels (K = 1: the label).
   */
  target: Float64Array;
  /**
   * `[size]`: variance of the noise about the target, summed over outputs: σ² for regression (outliers, which only
   * training and validation have, left out), Σp(1 − p) for class probabilities; zero for real data, whose bias² then contains the noise.
   */
  noise: Float64Array;
  /** Whether `target` is the truth (known law) or labels (real data). */
  known: boolean;
}

export interface Replicas {
  /** R */
  count: number;
  /** D */
  features: number;
  /** K: 1 for regression and binary cross-entropy, else one for each class. */
  outputs: number;
  train: Split;
  validation: Split;
  test: TestSet;
  standardisation: Standardisation;
  /** Null where every replica has its own draws, or what is held is held for all. */
  draws: Draws | null;
}

/** Numbers the inputs of all replicas may hold together: 256 MB. */
const MAX_INPUTS = 64e6;

/**
 * The data of an experiment: a pure function of it and, unless its data are generated, of its table. Throws `DataError`
 * where the sizes asked for cannot be had.
 */
export function drawReplicas(experiment: Experiment, table: Table | null): Replicas {
  const dataset = datasetOf(experiment.data.source);
  if (dataset?.kind === 'generated') return drawGenerated(experiment, dataset);
  if (!table) throw new DataError('data.source', experiment.data.source, 'needs its table; load the file again');
  return drawFromTable(experiment, table);
}

function drawGenerated(experiment: Experiment, dataset: GeneratedDataset): Replicas {
  const { data, replicas, model } = experiment;
  const { features } = dataset;
  checkSize(experiment, features);
  checkClassWeights(experiment, 2);
  const { mean, sd } = dataset.moments(data);
  const standardisation = {
    mean: Float64Array.from(mean),
    sd: Float64Array.from(sd),
    scale: model.inputScale,
    target: null,
  };
  const spread = data.outliers > 0 ? spreadOf(experiment, dataset) : 0;
  const draw = (part: Part, size: number) =>
    fill(experiment, part, size, features, (replica) => {
      const { x, y } = samplePoints(experiment, dataset, part, replica, size);
      const truth = (i: number) => dataset.truth(x.subarray(i * features, (i + 1) * features), data);
      addOutliers(experiment, part, replica, y, spread, truth);
      return { x: toSeen(standardisation, x), y };
    });

  const points = shifted(experiment, dataset.testPoints(data.testSize, data, data.testDesign), standardisation.sd);
  const outputs = outputsOf(experiment, 2);
  const target = new Float64Array(data.testSize * outputs);
  const noise = new Float64Array(data.testSize);
  for (let i = 0; i < data.testSize; i++) {
    const truth = dataset.truth(points.subarray(i * features, (i + 1) * features), data);
    target.set(outputs === 1 ? [truth] : [1 - truth, truth], i * outputs);
    noise[i] = dataset.task === 'regression' ? data.noise ** 2 : outputs * truth * (1 - truth);
  }
  const train = draw('train', data.trainSize);
  const validation = draw('validation', data.validationSize);
  leak(experiment, train, validation, features);
  return {
    count: replicas.count,
    features,
    outputs,
    train,
    validation,
    test: { size: data.testSize, x: toSeen(standardisation, points), target, noise, known: true },
    standardisation,
    draws: drawsOf(experiment),
  };
}

function drawFromTable(experiment: Experiment, table: Table): Replicas {
  const { data, replicas, model } = experiment;
  const features = table.columns.length;
  checkSize(experiment, features);
  checkClassWeights(experiment, table.classes?.length ?? 0);
  const { test, pool: whole } = data.shift > 0 ? shiftedHoldOut(experiment, table) : holdOut(experiment, table.rows);
  const pool = thinnedPool(experiment, table.targets, whole);
  const inputs = moments(table.features, features, pool);
  const targets = moments(table.targets, 1, pool);
  const target = table.task === 'regression' ? { mean: targets.mean[0]!, sd: targets.sd[0]! } : null;
  const standardisation = { ...inputs, scale: model.inputScale, target };
  const seen = (rows: Int32Array) => {
    const y = rowsOf(table.targets, 1, rows);
    return {
      x: toSeen(standardisation, rowsOf(table.features, features, rows)),
      y: target ? y.map((value) => (value - target.mean) / target.sd) : y,
    };
  };

  const rows = replicaRows(experiment, pool);
  const draw = (part: Part, size: number) =>
    fill(experiment, part, size, features, (replica) => {
      const drawn = seen(rows[part](replica));
      if (table.classes) flipLabels(experiment, part, replica, drawn.y, table.classes.length);
      // The sd of standardised targets is 1, and the given target stands in for the truth.
      else addOutliers(experiment, part, replica, drawn.y, 1, (i) => drawn.y[i]!);
      return drawn;
    });
  const outputs = outputsOf(experiment, table.classes ? table.classes.length : 1);
  const { x, y } = seen(test);
  const train = draw('train', data.trainSize);
  const validation = draw('validation', data.validationSize);
  leak(experiment, train, validation, features);
  return {
    count: replicas.count,
    features,
    outputs,
    train,
    validation,
    test: {
      size: test.length,
      x,
      target: outputs === 1 ? y : oneHot(y, outputs),
      noise: new Float64Array(test.length),
      known: false,
    },
    standardisation,
    draws: drawsOf(experiment),
  };
}

/** Of every replica the set that is its own, or that it shares; these follow one another. */
function fill(
  experiment: Experiment,
  part: Part,
  size: number,
  features: number,
  draw: (set: number) => { x: Float32Array; y: Float64Array },
): Split {
  const { replicas } = experiment;
  const setOf = (replica: number) => drawOf(experiment, replica)[part === 'train' ? 'data' : 'validation'];
  const split = {
    size,
    x: new Float32Array(replicas.count * size * features),
    y: new Float32Array(replicas.count * size),
  };
  const sets = new Map<number, ReturnType<typeof draw>>();
  for (let r = 0; r < replicas.count; r++) {
    const set = setOf(r);
    const drawn = sets.get(set) ?? draw(set);
    sets.set(set, drawn);
    split.x.set(drawn.x, r * size * features);
    split.y.set(drawn.y, r * size);
  }
  return split;
}

function outputsOf({ objective }: Experiment, classes: number): number {
  return OBJECTIVES[objective].output === 'softmax' ? classes : 1;
}

function oneHot(labels: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(labels.length * classes);
  labels.forEach((label, i) => (out[i * classes + label] = 1));
  return out;
}

function checkClassWeights({ loss: { classWeights } }: Experiment, classes: number): void {
  if (!Array.isArray(classWeights) || classWeights.length === classes) return;
  throw new DataError('loss.classWeights', classWeights.join(', '), `must be ${classes} numbers, one for each class`);
}

function checkSize({ data, replicas }: Experiment, features: number): void {
  const points = Math.floor(MAX_INPUTS / (replicas.count * features));
  if (data.trainSize + data.validationSize <= points) return;
  throw new DataError(
    'data.trainSize',
    data.trainSize,
    `is too much to hold: ${replicas.count} replicas with ${features} inputs have room for ${points} training and validation points each; use fewer points or replicas`,
  );
}
