/** @file Opens TensorFlow.js's plain JavaScript backend. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { OpsDevice } from '../../trainers/ops/device.ts';

export async function openCpuOperations(): Promise<OpsDevice> {
  if (!(await tf.setBackend('cpu'))) throw new Error('the JavaScript backend did not start');
  return {
    name: 'cpu',
    adapter: 'JavaScript',
    software: false,
    multiple: 1,
    evaluated: 2 ** 16,
    throttle: () => Promise.resolve(),
    lost: new Promise(() => {}),
  };
}
