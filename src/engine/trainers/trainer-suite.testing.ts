/**
 * @file What every trainer must show, against the plain reference and closed forms. Long: one suite for every trainer.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { forward, initialWeights } from '../model/network.ts';
import { optimizerDefaults, OPTIMIZERS, type OptimizerName } from '../training/optimizers.ts';
import { scheduleDefaults } from '../training/schedules.ts';
import type { Gate, Job, TrainedEpochs, Trainer } from './trainer.ts';
import { referenceEpoch, relativeError } from './float32.testing.ts';
import { jobOf, JOBS } from './trainer.testing.ts';
import { lossAndGradient } from './plain/gradient.ts';
import { trainPlain } from './plain/trainer.ts';

const open: Gate = () => Promise.resolve();

const replicaOf = (values: Float32Array, job: Job, replica: number) =>
  values.subarray(replica * job.layout.parameters, (replica + 1) * job.layout.parameters);

const sameBits = (a: Float32Array, b: Float32Array) => a.length === b.length && a.every((x, i) => Object.is(x, b[i]));

/** `create` makes the trainer at the experiment's start; `runs` random jobs are tried. */
export function trainerSuite(create: (job: Job) => Trainer | Promise<Trainer>, runs: number): void {
  async function using<T>(job: Job, use: (trainer: Trainer) => Promise<T>): Promise<T> {
    const trainer = await create(job);
    try {
      return await use(trainer);
    } finally {
      trainer.dispose();
    }
  }

  it('takes the steps of the reference for every model, objective and training setting', async () => {
    await fc.assert(
      fc.asyncProperty(JOBS, (job) =>
        using(job, async (trainer) => {
          await trainer.advance(1, open);
          const { weights, slots, step } = await trainer.snapshot();
          for (let r = 0; r < job.replicas.count; r++) {
            const { expected, tolerance } = referenceEpoch(job, r);
            expect(step).toBe(expected.losses.length);
            slots.forEach((slot, s) =>
              expect(relativeError(replicaOf(slot, job, r), expected.slots[s]!)).toBeLessThan(
                tolerance((result) => result.slots[s]!),
              ),
            );
            // Lion goes by the sign of the gradient: where that is rounding noise, so is the step.
            const isSure = (i: number) =>
              job.experiment.training.optimizer.name !== 'lion' || Math.abs(expected.slots[0]![i]!) > 1e-6;
            const sure = (weights: ArrayLike<number>) => expected.weights.map((w, i) => (isSure(i) ? weights[i]! : w));
            expect(relativeError(sure(replicaOf(weights, job, r)), expected.weights)).toBeLessThan(
              tolerance((result) => sure(result.weights)),
            );
          }
        }),
      ),
      { numRuns: runs },
    );
  });

  it('has the gradient of the reference, which finite differences confirm, to 1e-5', async () => {
    // One full-batch SGD step of length 1: the difference of the weights is the gradient, for each objective.
    for (const [objective, outputs] of [
      ['squared-error', 1],
      ['huber', 1],
      ['absolute-error', 1],
      ['binary-cross-entropy', 1],
      ['softmax-cross-entropy', 3],
    ] as const) {
      const training = { optimizer: { name: 'sgd' as const, learningRate: 1 }, l2: 0.05 };
      const job = jobOf({ objective, outputs, training });
      await using(job, async (trainer) => {
        await trainer.advance(1, open);
        const after = (await trainer.snapshot()).weights;
        for (let r = 0; r < job.replicas.count; r++) {
          const before = initialWeights(job.layout, job.experiment, r);
          const { size, x, y } = job.replicas.train;
          const own = [x.subarray(r * size * 2, (r + 1) * size * 2), y.subarray(r * size, (r + 1) * size)] as const;
          const [points, labels] = own;
          const { gradient } = lossAndGradient(job.layout, job.experiment, Float64Array.from(before), {
            x: points,
            y: labels,
          });
          const got = before.map((w, i) => w - replicaOf(after, job, r)[i]!);
          expect(relativeError(got, gradient)).toBeLessThan(1e-5);
        }
      });
    }
  });

  it('follows the reference over 20 epochs of minibatches', async () => {
    const job = jobOf({ training: { batchSize: 5, l2: 0.001 } });
    await using(job, async (trainer) => {
      const { weights } = await trainer.advance(20, open);
      for (let r = 0; r < job.replicas.count; r++) {
        const last = weights.subarray(19 * job.replicas.count * job.layout.parameters);
        // 60 steps of a smooth network: float32 rounding grows to 1e-4 at most.
        expect(relativeError(replicaOf(last, job, r), trainPlain(job, r, 20).weights)).toBeLessThan(1e-3);
      }
    });
  });

  it('follows the closed form of a linear model', async () => {
    const rate = 0.1;
    const job = jobOf({
      features: 1,
      trainSize: 10,
      model: { hidden: [], inputScale: 1 },
      training: { optimizer: { name: 'sgd', learningRate: rate } },
    });
    await using(job, async (trainer) => {
      const { weights } = await trainer.advance(30, open);
      for (let r = 0; r < job.replicas.count; r++) {
        const x = job.replicas.train.x.subarray(r * 10, (r + 1) * 10);
        const y = job.replicas.train.y.subarray(r * 10, (r + 1) * 10);
        for (const t of [1, 7, 30]) {
          const expected = descended(x, y, initialWeights(job.layout, job.experiment, r), rate, t);
          const at = ((t - 1) * job.replicas.count + r) * 2;
          expect(relativeError(weights.subarray(at, at + 2), expected)).toBeLessThan(1e-5);
          expect(relativeError(trainPlain(job, r, t).weights, expected)).toBeLessThan(1e-10);
        }
      }
    });
  });

  it('gives the outputs of the plain forward pass after each epoch, in the order train, validation, test', async () => {
    const job = jobOf({ objective: 'softmax-cross-entropy', outputs: 3, training: { batchSize: 5 } });
    await using(job, async (trainer) => {
      const { outputs, weights } = await trainer.advance(2, open);
      const { train, validation, test } = job.replicas;
      const M = train.size + validation.size + test.size;
      for (let e = 0; e < 2; e++) {
        for (let r = 0; r < 3; r++) {
          const row = e * 3 + r;
          const own = (split: typeof train) => split.x.subarray(r * split.size * 2, (r + 1) * split.size * 2);
          const x = [...own(train), ...own(validation), ...test.x];
          const theta = weights.subarray(row * job.layout.parameters, (row + 1) * job.layout.parameters);
          expect(
            relativeError(outputs.subarray(row * M * 3, (row + 1) * M * 3), forward(job.layout, theta, x, M)),
          ).toBeLessThan(1e-5);
        }
      }
    });
  });

  it('leaves the neighbours of a replica full of NaN or infinity as they are, bit by bit', async () => {
    const job = jobOf({
      replicas: 6,
      model: { hidden: [16, 5], activation: 'relu', inputScale: 1 },
      training: { batchSize: 5 },
    });
    const P = job.layout.parameters;
    const trained = (poison: number | null) =>
      using(job, async (trainer) => {
        const start = await trainer.snapshot();
        if (poison !== null) trainer.restore({ ...start, weights: start.weights.fill(poison, 3 * P, 4 * P) });
        return trainer.advance(5, open);
      });
    const sound = await trained(null);
    for (const poison of [NaN, Infinity]) {
      const poisoned = await trained(poison);
      expect(poisoned.weights.subarray(3 * P, 4 * P).every(Number.isFinite)).toBe(false);
      const others = ({ weights }: TrainedEpochs) => weights.filter((_, i) => Math.floor(i / P) % 6 !== 3);
      expect(sameBits(others(poisoned), others(sound))).toBe(true);
      const width = sound.outputs.length / 30;
      const outputs = ({ outputs }: TrainedEpochs) => outputs.filter((_, i) => Math.floor(i / width) % 6 !== 3);
      expect(sameBits(outputs(poisoned), outputs(sound))).toBe(true);
    }
  });

  it('follows the reference over 20 epochs with everything that disturbs, limits and schedules', async () => {
    const job = jobOf({
      features: 5,
      model: { hidden: [9, 6], dropout: [0.2, 0.5] },
      training: {
        ...{ schedule: scheduleDefaults('one-cycle'), warmup: 3, epochs: 20, batchSize: 5 },
        ...{ l1: 0.001, l2: 0.001, weightDecay: 0.01, maxNorm: 1.5, clipValue: 0.5, clipNorm: 0.7, inputNoise: 0.1 },
      },
    });
    await using(job, async (trainer) => {
      const { weights } = await trainer.advance(20, open);
      for (let r = 0; r < job.replicas.count; r++) {
        const last = weights.subarray(19 * job.replicas.count * job.layout.parameters);
        expect(relativeError(replicaOf(last, job, r), trainPlain(job, r, 20).weights)).toBeLessThan(1e-3);
      }
    });
  });

  it('keeps to the step settings that it is given, and to others after them', async () => {
    const job = jobOf({ training: { batchSize: 3 } });
    const settings = { batch: 5, rates: Float32Array.of(1, 0.5, 0) };
    await using(job, async (trainer) => {
      const start = await trainer.snapshot();
      const { weights } = await trainer.advance(2, open, settings);
      const P = job.layout.parameters;
      for (let r = 0; r < 3; r++) {
        const last = replicaOf(weights.subarray(3 * P), job, r);
        expect(relativeError(last, trainPlain(job, r, 2, settings).weights)).toBeLessThan(1e-4);
      }
      expect(sameBits(weights.subarray(5 * P), start.weights.subarray(2 * P))).toBe(true);
      trainer.restore(start);
      const after = await trainer.advance(1, open);
      for (let r = 0; r < 3; r++) {
        expect(relativeError(replicaOf(after.weights, job, r), trainPlain(job, r, 1).weights)).toBeLessThan(1e-4);
      }
    });
  });

  it.each(Object.keys(OPTIMIZERS) as OptimizerName[])('goes on exactly where it was: %s', async (name) => {
    const job = jobOf({
      model: { dropout: [0.2] },
      training: { optimizer: optimizerDefaults(name), schedule: scheduleDefaults('cosine'), batchSize: 5 },
    });
    const whole = await using(job, (trainer) => trainer.advance(20, open));
    const saved = await using(job, async (trainer) => {
      await trainer.advance(10, open);
      return structuredClone(await trainer.snapshot());
    });
    const [rest, end] = await using(job, async (trainer) => {
      trainer.restore(saved);
      return [await trainer.advance(10, open), await trainer.snapshot()] as const;
    });
    expect(end.epoch).toBe(20);
    expect(sameBits(rest.weights, whole.weights.subarray(whole.weights.length / 2))).toBe(true);
    expect(sameBits(rest.outputs, whole.outputs.subarray(whole.outputs.length / 2))).toBe(true);
  });

  it('can be saved in the middle of an epoch, and given up there', async () => {
    const job = jobOf({ training: { batchSize: 5 } });
    await using(job, async (trainer) => {
      await trainer.advance(1, open);
      const before = await trainer.snapshot();
      const midway = trainer.advance(2, async (done) => {
        if (done === 0) return;
        const during = await trainer.snapshot();
        expect(during.epoch).toBe(1);
        expect(sameBits(during.weights, before.weights)).toBe(true);
        throw new Error('given up');
      });
      await expect(midway).rejects.toThrow('given up');
      expect(sameBits((await trainer.snapshot()).weights, before.weights)).toBe(true);
    });
  });

  it('holds finished epochs back at its gate: they are not in a snapshot before they are handed over', async () => {
    await using(jobOf(), async (trainer) => {
      const done: number[] = [];
      await trainer.advance(2, async (now) => {
        done.push(now);
        expect((await trainer.snapshot()).epoch).toBe(0);
      });
      expect(done[0]).toBe(0);
      expect(done.at(-1)).toBe(2);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect((await trainer.snapshot()).epoch).toBe(2);
    });
  });

  it('refuses the state of another experiment', async () => {
    await using(jobOf(), async (trainer) => {
      const state = await trainer.snapshot();
      expect(() => trainer.restore({ ...state, weights: new Float32Array(5) })).toThrow(/weights holds 5 numbers/);
    });
  });
}

/**
 * Gradient descent on the mean of (wx + b − y)²: in the eigenvectors of X̃ᵀX̃/n the distance to least squares shrinks by
 * 1 − 2ηλ a step (the factor 2 because the loss has no ½).
 */
function descended(x: Float32Array, y: Float32Array, start: Float32Array, rate: number, steps: number): number[] {
  const mean = (f: (i: number) => number) => Array.from(x, (_, i) => f(i)).reduce((a, b) => a + b) / x.length;
  const [mx, my] = [mean((i) => x[i]!), mean((i) => y[i]!)];
  const [mxx, mxy] = [mean((i) => x[i]! ** 2), mean((i) => x[i]! * y[i]!)];
  const slope = (mxy - mx * my) / (mxx - mx * mx);
  const best = [slope, my - slope * mx] as const;
  // Eigenvectors of [[mxx, mx], [mx, 1]] by one Jacobi rotation.
  const angle = 0.5 * Math.atan2(2 * mx, mxx - 1);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const eigenvalues = [c * c * mxx + 2 * c * s * mx + s * s, s * s * mxx - 2 * c * s * mx + c * c] as const;
  const away = [start[0]! - best[0], start[1]! - best[1]] as const;
  const u = (c * away[0] + s * away[1]) * (1 - 2 * rate * eigenvalues[0]) ** steps;
  const v = (-s * away[0] + c * away[1]) * (1 - 2 * rate * eigenvalues[1]) ** steps;
  return [best[0] + c * u - s * v, best[1] + s * u + c * v];
}
