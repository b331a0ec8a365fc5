/** @file What the tensor trainer must show beyond what every trainer must; in Node for cpu and wasm, in a browser for WebGPU. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Gate, Job } from '../../trainer.ts';
import { trainerSuite } from '../suite.ts';
import { jobOf } from '../testing.ts';
import type { OpsDevice } from './device.ts';
import { OpsTrainer } from './trainer.ts';

const open: Gate = () => Promise.resolve();

async function using<T>(job: Job, device: OpsDevice, use: (trainer: OpsTrainer) => Promise<T>): Promise<T> {
  const trainer = new OpsTrainer(job, device);
  try {
    return await use(trainer);
  } finally {
    trainer.dispose();
  }
}

const sameBits = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

/** `runs` random jobs are tried. */
export function opsSuite(openDevice: () => Promise<OpsDevice>, runs: number): void {
  let device: OpsDevice;
  beforeAll(async () => {
    device = await openDevice();
  });

  trainerSuite((job) => new OpsTrainer(job, device), runs);

  it('evaluates large sets in parts without a difference', async () => {
    const job = jobOf({ objective: 'softmax-cross-entropy', outputs: 3 });
    const whole = await using(job, device, (trainer) => trainer.advance(2, open));
    // Room for one multiple of rows, or five.
    const parted = { ...device, evaluated: 5 * 3 * 6 };
    const parts = await using(job, parted, (trainer) => trainer.advance(2, open));
    expect(sameBits(parts.outputs, whole.outputs)).toBe(true);
  });

  it('leaks no tensors', async () => {
    const before = tf.memory().numTensors;
    await using(jobOf({ training: { batchSize: 5, l2: 0.1 } }), device, async (trainer) => {
      await trainer.advance(1, open);
      const during = tf.memory().numTensors;
      await trainer.advance(4, open);
      await trainer.snapshot();
      await trainer.advance(1, () => Promise.reject(new Error('given up'))).catch(() => {});
      expect(tf.memory().numTensors).toBe(during);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
}
