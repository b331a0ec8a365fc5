/** @file What the tensor trainer must show beyond what every trainer must; in Node for cpu and wasm, in a browser for WebGPU. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Gate, Job } from '../trainer.ts';
import { trainPlain } from '../plain/trainer.ts';
import { trainerSuite } from '../trainer-suite.testing.ts';
import { jobOf } from '../trainer.testing.ts';
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

  it('follows the reference through normalised layers and their limits', async () => {
    const job = jobOf({
      model: { hidden: [9, 4], activation: 'gelu', layerNorm: true, dropout: [0.2] },
      training: { batchSize: 5, l2: 0.001, weightDecay: 0.01, maxNorm: 0.8, clipNorm: 0.7 },
    });
    await using(job, device, async (trainer) => {
      await trainer.advance(10, open);
      const { weights } = await trainer.snapshot();
      const P = job.layout.parameters;
      for (let r = 0; r < 3; r++) {
        const expected = trainPlain(job, r, 10).weights;
        // 30 steps of a smooth network: float32 rounding grows to 1e-4 at most, of weights around 1.
        const wrong = Array.from(expected, (w, i) => Math.abs(weights[r * P + i]! - w));
        expect(Math.max(...wrong)).toBeLessThan(1e-3);
      }
    });
  });

  it('keeps normalised replicas apart when one is full of NaN', async () => {
    const job = jobOf({ model: { hidden: [16, 5], layerNorm: true }, training: { batchSize: 5 } });
    const P = job.layout.parameters;
    const trained = (poisoned: boolean) =>
      using(job, device, async (trainer) => {
        const start = await trainer.snapshot();
        if (poisoned) trainer.restore({ ...start, weights: start.weights.fill(NaN, P, 2 * P) });
        const { weights } = await trainer.advance(3, open);
        return [0, 1, 2].map((r) => weights.filter((_, i) => Math.floor(i / P) % 3 === r));
      });
    const [sound, poisoned] = [await trained(false), await trained(true)];
    expect(poisoned[1]!.every(Number.isNaN)).toBe(true);
    for (const r of [0, 2]) expect(sameBits(poisoned[r]!, sound[r]!)).toBe(true);
  });

  it('leaks no tensors', async () => {
    const before = tf.memory().numTensors;
    const job = jobOf({ model: { layerNorm: true }, training: { batchSize: 5, l2: 0.1 } });
    await using(job, device, async (trainer) => {
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
