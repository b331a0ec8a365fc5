/** @file Tests TensorFlow.js's batched matrix product on the active backend. */
import * as tf from '@tensorflow/tfjs-core';
import { distance, TOLERANCE } from '../distance.ts';
import { stream } from '../../random.ts';

/** Batched products with and without transposes, read back; throws an error that says which one is wrong. */
export async function testProducts(): Promise<void> {
  const [R, n] = [3, 32];
  const numbers = stream(1, 'train', 0, 0);
  const normals = () => Float32Array.from({ length: R * n * n }, () => numbers.normal());
  const [a, b] = [normals(), normals()];
  for (const [transposeA, transposeB] of [
    [false, false],
    [true, false],
    [false, true],
  ] as const) {
    const expected = new Float64Array(R * n * n);
    const at = (r: number, i: number, j: number, transposed: boolean) =>
      r * n * n + (transposed ? j * n + i : i * n + j);
    for (let r = 0; r < R; r++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          for (let k = 0; k < n; k++)
            expected[at(r, i, j, false)]! += a[at(r, i, k, transposeA)]! * b[at(r, k, j, transposeB)]!;
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor3d(a, [R, n, n]), tf.tensor3d(b, [R, n, n]), transposeA, transposeB),
    );
    const got = await product.data();
    product.dispose();
    if (distance(got, expected) > TOLERANCE) {
      throw new Error(`a matrix product${transposeA || transposeB ? ' with a transpose' : ''} came out wrong`);
    }
  }
}
