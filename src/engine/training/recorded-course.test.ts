/** @file The course of a real run: what it counts, and that a run that goes on, or begins a stage, counts on exactly. */
import { expect, it } from 'vitest';
import { WeightArchive } from '../record/weight-archive.ts';
import { costUntil, workloadOf } from '../record/cost.ts';
import { gradientStatistics } from './gradient-noise.ts';
import { Metrics } from '../record/metrics.ts';
import { TrainingScheduler } from './training-scheduler.ts';
import { stagedRun, type StageWork } from './staged-run.ts';
import { inStage, stageOf } from '../experiment/stages.ts';
import { COURSE, Tape } from '../record/tape.ts';
import type { Job, Trainer } from '../trainers/trainer.ts';
import { openInlinePool } from '../trainers/simd/worker-pool.ts';
import { SimdTrainer } from '../trainers/simd/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const R = 3;
const EPOCHS = 8;
const MS = 4;
const job = jobOf({
  replicas: R,
  objective: 'softmax-cross-entropy',
  outputs: 3,
  model: { layerNorm: true },
  training: {
    optimizer: { name: 'sgd', learningRate: 0.5 },
    batchSchedule: { name: 'grow', factor: 2, every: 3 },
    batchSize: 3,
    gradientNoise: true,
    epochs: EPOCHS,
  },
});
const SHAPE = { replicas: R, epochs: EPOCHS, points: 1, outputs: 3, classification: true };

const pool = await openInlinePool(1);
/** Of a clock on which every epoch takes as long. */
let time = 0;
function opened(of: Job): Trainer {
  const trainer = new SimdTrainer(of, pool);
  return {
    backend: trainer.backend,
    advance(epochs, gate, settings) {
      time += MS * epochs;
      return trainer.advance(epochs, gate, settings);
    },
    snapshot: () => trainer.snapshot(),
    restore: (state) => trainer.restore(state),
    dispose: () => trainer.dispose(),
  };
}

function begun(whole: Job): StageWork {
  const first = { ...whole, experiment: inStage(whole.experiment, 0) };
  return { job: first, trainer: opened(first), scheduler: new TrainingScheduler(first) };
}

/** Trains on up to `until` epochs; what works at the end, and the weights after each epoch. */
async function train(whole: Job, work: StageWork, tape: Tape, until: number): Promise<[StageWork, Float32Array[]]> {
  const weights: Float32Array[] = [];
  const archive = new WeightArchive(R, whole.layout.parameters);
  const options = {
    ...{ from: tape.length, until, gate: () => Promise.resolve(), halted: () => false, singly: false },
    clock: { now: () => time, after: () => Promise.resolve() },
    metrics: new Metrics(whole, Int32Array.of(0)),
    archive: {
      add(epoch: number, own: Float32Array, losses: Float32Array) {
        weights.push(own.slice());
        archive.add(epoch, own, losses);
      },
    },
  };
  const blocks = stagedRun(whole, work, options, {
    open: (next) => Promise.resolve(opened(next)),
    entered: (next) => (work = next),
  });
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) tape.append(next.value);
  return [work, weights];
}

const tape = new Tape(SHAPE);
const [, weights] = await train(job, begun(job), tape, EPOCHS);
const at = (r: number, e: number) => r * EPOCHS + e;

it('counts updates, examples, FLOPs and seconds from the beginning', () => {
  const updates = [4, 8, 12, 14, 16, 18, 19, 20];
  for (let r = 0; r < R; r++) {
    for (let e = 0; e < EPOCHS; e++) {
      expect(tape.updates[at(r, e)]).toBe(updates[e]);
      expect(tape.examples[at(r, e)]).toBe(12 * (e + 1));
      expect(tape.flops[at(r, e)]).toBe(Math.fround(costUntil(workloadOf(job), e + 1, updates[e]).training));
      // Added up epoch by epoch in float64, kept in float32.
      expect(tape.seconds[at(r, e)]).toBeCloseTo((MS * (e + 1)) / 1000, 7);
    }
  }
});

it('measures the gradients at the weights of the epoch', () => {
  const P = job.layout.parameters;
  for (const [r, e] of [
    [0, 0],
    [2, 5],
  ] as const) {
    const { evidence, disparity } = gradientStatistics(job, r, weights[e]!.subarray(r * P, (r + 1) * P));
    expect(tape.gradientEvidence[at(r, e)]).toBe(Math.fround(evidence));
    expect(tape.gradientDisparity[at(r, e)]).toBe(Math.fround(disparity));
  }
  expect(tape.gradientEvidence.every(Number.isFinite)).toBe(true);
});

it('knows prediction changes from the second epoch on', () => {
  for (let r = 0; r < R; r++) expect(tape.predictionChanges[at(r, 0)]).toBeNaN();
  const later = Array.from(tape.predictionChanges).filter((_, i) => i % EPOCHS > 0);
  expect(later.every((share) => share >= 0 && share <= 1)).toBe(true);
  expect(new Set(later).size).toBeGreaterThan(2);
});

it('goes on exactly where it was kept', async () => {
  const again = new Tape(SHAPE);
  const [work] = await train(job, begun(job), again, 5);
  const kept = structuredClone({ state: await work.trainer.snapshot(), scheduler: work.scheduler.snapshot() });
  const resumed: StageWork = {
    job: work.job,
    trainer: opened(work.job),
    scheduler: new TrainingScheduler(work.job, kept.scheduler),
  };
  resumed.trainer.restore(kept.state);
  await train(job, resumed, again, EPOCHS);
  for (const name of COURSE) expect(again[name]).toEqual(tape[name]);
});

it('goes on through a stage that changes nothing as if there were none', async () => {
  const fixed = jobOf({
    ...{ replicas: R, objective: 'softmax-cross-entropy', outputs: 3 },
    training: { optimizer: { name: 'sgd', learningRate: 0.5 }, batchSize: 3, gradientNoise: true, epochs: EPOCHS },
  });
  const { experiment } = fixed;
  const staged = { ...fixed, experiment: { ...experiment, stages: [stageOf(experiment, 4)] } };
  const [plain, parted] = [new Tape(SHAPE), new Tape(SHAPE)];
  await train(fixed, begun(fixed), plain, EPOCHS);
  await train(staged, begun(staged), parted, EPOCHS);
  for (const name of COURSE) expect(parted[name]).toEqual(plain[name]);
});
