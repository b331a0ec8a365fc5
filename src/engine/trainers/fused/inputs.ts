/** @file The data of a job as the shaders read them. */
import type { Replicas } from '../../replicas.ts';

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
