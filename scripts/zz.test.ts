import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { expect, test } from 'vitest';
test('g', async () => {
  for (const b of ['cpu', 'wasm']) {
  await tf.setBackend(b); await tf.ready();
  expect(tf.getBackend()).toBe(b);
  const g = tf.grad((x) => tf.sum(tf.tanh(x)));
  const out = await g(tf.tensor1d([0, 1])).data();
  expect(out[0]).toBeCloseTo(1); }
});
