/** @file Opens the WebGPU backend of TensorFlow.js, on a device that is open already or a new one. */
import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Clock } from '../../clock.ts';
import type { OpsDevice } from '../../trainers/ops/device.ts';
import { openGpu, type Gpu } from '../gpu.ts';

/** The packed product for every shape: isolated at multiples of 32, no atomics, so that runs repeat bit by bit. */
const PACKED_PRODUCT = 3;

export async function openWebgpuOperations(clock: Clock, gpu?: Gpu): Promise<OpsDevice> {
  const { device, info, adapter, software, lost } = gpu ?? (await openGpu());
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', PACKED_PRODUCT);
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, info), 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js could not use the WebGPU device');

  return {
    name: 'webgpu',
    adapter,
    software,
    multiple: 32,
    evaluated: 2 ** 24,
    throttle: throttled(clock, () => device.queue.onSubmittedWorkDone()),
    lost,
  };
}

/** Time between two waits for the device: short enough that pausing and painting are not kept waiting. */
const INTERVAL_MS = 40;

/** Waits for the device every few steps, as many as keep the interval. */
function throttled(clock: Clock, drained: () => Promise<undefined>): () => Promise<void> {
  let steps = 0;
  let between = 1;
  let last = clock.now();
  return async () => {
    if (++steps < between) return;
    await drained();
    const spent = clock.now() - last;
    if (spent > INTERVAL_MS) between = Math.max(1, Math.floor(between / 2));
    else if (spent < INTERVAL_MS / 2) between *= 2;
    steps = 0;
    last = clock.now();
  };
}
