/** @file Lays a job's inputs, labels and weights out as the shaders read them. */
import { pointWeights } from '../../model/objectives.ts';
import type { Replicas } from '../../data/replicas.ts';
import type { Job } from '../trainer.ts';

/** Inputs in quads, zeros at the end of each point: training and validation points of each replica, then the test points. */
export function inputQuads({ count, features, train, validation, test }: Replicas): Float32Array<ArrayBuffer> {
  const width = 4 * Math.ceil(features / 4);
  const own = train.size + validation.size;
  const quads = new Float32Array((count * own + test.size) * width);
  const put = (from: Float32Array, size: number, first: number, to: number) => {
    for (let p = 0; p < size; p++) {
      const at = (first + p) * features;
      quads.set(from.subarray(at, at + features), (to + p) * width);
    }
  };
  for (let r = 0; r < count; r++) {
    put(train.x, train.size, r * train.size, r * own);
    put(validation.x, validation.size, r * validation.size, r * own + train.size);
  }
  put(test.x, test.size, 0, count * own);
  return quads;
}

/** `[R · size + R, 2]`: label and weight of each training point; behind them room for `ratePairs`. */
export function labelPairs({ experiment, replicas }: Job): Float32Array<ArrayBuffer> {
  const { count: R, outputs, train } = replicas;
  const pairs = new Float32Array(2 * R * (train.size + 1));
  for (let r = 0; r < R; r++) {
    const own = train.y.subarray(r * train.size, (r + 1) * train.size);
    const weights = pointWeights(experiment.loss, own, Math.max(2, outputs));
    own.forEach((label, i) => pairs.set([label, weights ? weights[i]! : 1], 2 * (r * train.size + i)));
  }
  return pairs;
}

/** `[R, 2]`: each replica's factor on the learning rate, and nothing. */
export function ratePairs(rates: Float32Array): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * rates.length);
  rates.forEach((rate, r) => (pairs[2 * r] = rate));
  return pairs;
}
