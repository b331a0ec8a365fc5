/** @file Stages: which settings hold when, and a run over them against runs of each on its own. */
import { describe, expect, it } from 'vitest';
import { WeightArchive } from '../record/weight-archive.ts';
import { DEFAULT_EXPERIMENT, type Experiment } from '../experiment/experiment.ts';
import { Metrics } from '../record/metrics.ts';
import { TrainingScheduler } from './training-scheduler.ts';
import { rewound } from './rewind.ts';
import { parse } from '../experiment/schema.ts';
import { rateAt } from './schedules.ts';
import { stagedRun, type StageWork } from './staged-run.ts';
import { beginning, inStage, nextStage, stageOf, stageOfState } from '../experiment/stages.ts';
import { Tape } from '../record/tape.ts';
import type { Gate, Job } from '../trainers/trainer.ts';
import { openInlinePool } from '../trainers/simd/worker-pool.ts';
import { SimdTrainer } from '../trainers/simd/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const open: Gate = () => Promise.resolve();

const slower = stageOf(
  {
    ...DEFAULT_EXPERIMENT,
    training: {
      ...DEFAULT_EXPERIMENT.training,
      optimizer: { name: 'sgd', learningRate: 0.05 },
      l2: 0.01,
      batchSize: 4,
    },
    model: { ...DEFAULT_EXPERIMENT.model, dropout: [0.2] },
  },
  6,
);

function staged(): Job {
  const job = jobOf({ training: { batchSize: 5, epochs: 12 } });
  return { ...job, experiment: { ...job.experiment, stages: [slower] } };
}

describe('settings', () => {
  const { experiment } = staged();

  it('are those of the last stage begun', () => {
    expect(inStage(experiment, 5).training.optimizer.name).toBe('adam');
    expect(inStage(experiment, 5).stages).toEqual([]);
    expect(inStage(experiment, 6)).toMatchObject({ training: { l2: 0.01, epochs: 12 }, model: { dropout: [0.2] } });
    expect([nextStage(experiment, 0), nextStage(experiment, 6)]).toEqual([6, Infinity]);
    expect(stageOfState(experiment, { epoch: 6, step: 18 }).stages).toEqual([]);
    expect(stageOfState(experiment, { epoch: 6, step: 0 }).stages).toEqual([slower]);
  });

  it('let a schedule begin with its stage', () => {
    const cosine = { ...slower, training: { ...slower.training, schedule: { name: 'cosine' as const, floor: 0 } } };
    const at = (epoch: number) => rateAt(inStage({ ...experiment, stages: [cosine] }, epoch), epoch, 0, 1);
    expect(at(6)).toBe(0.05);
    // Half way between epoch 6 and epoch 12.
    expect(at(9)).toBeCloseTo(0.025, 12);
  });

  it('are checked like the others, and must come in order', () => {
    const problems = (stages: Experiment['stages']) => {
      const parsed = parse({ ...DEFAULT_EXPERIMENT, stages });
      return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
    };
    expect(problems([slower, { ...slower, from: 9 }])).toEqual([]);
    expect(problems([slower, slower])).toEqual(['stages.1.from']);
    expect(problems([{ ...slower, training: { ...slower.training, batchSize: 500, warmup: 395 } }])).toEqual([
      'stages.0.training.warmup',
      'stages.0.training.batchSize',
    ]);
  });
});

/** Trains the whole of a job; what each stage was begun with is kept. */
async function trained(
  job: Job,
  from: StageWork | null,
  tape: Tape,
  archive = new WeightArchive(3, job.layout.parameters),
) {
  const pool = await openInlinePool(1);
  const first: Job = { ...job, experiment: inStage(job.experiment, 0) };
  let work = from ?? { job: first, trainer: new SimdTrainer(first, pool), scheduler: new TrainingScheduler(first) };
  const options = {
    from: tape.length,
    until: 12,
    gate: open,
    clock: { now: () => 0, after: () => Promise.resolve() },
    metrics: new Metrics(job, Int32Array.of(0)),
    archive,
    halted: () => false,
    singly: false,
  };
  const blocks = stagedRun(job, work, options, {
    open: (next) => Promise.resolve(new SimdTrainer(next, pool)),
    entered: (next) => (work = next),
  });
  for (let next = await blocks.next(); !next.done; next = await blocks.next()) tape.append(next.value);
  const state = await work.trainer.snapshot();
  return { state, archive, pace: work.scheduler.snapshot(), tape, pool };
}

const SHAPE = { replicas: 3, epochs: 12, points: 1, outputs: 1, classification: false };

describe('a run with a stage', () => {
  it('is the first settings, then the others with the weights so far and an optimizer that remembers nothing', async () => {
    const job = staged();
    const whole = await trained(job, null, new Tape(SHAPE));
    const first = new SimdTrainer({ ...job, experiment: inStage(job.experiment, 0) }, whole.pool);
    await first.advance(6, open);
    const then: Job = { ...job, experiment: inStage(job.experiment, 6) };
    const second = new SimdTrainer(then, whole.pool);
    second.restore(beginning(then.experiment, 6, (await first.snapshot()).weights));
    await second.advance(6, open);
    expect(whole.state).toEqual(await second.snapshot());
    // Steps of 5 points out of 12, then of 4.
    expect(Array.from(whole.tape.updates.subarray(0, 12))).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36]);
  });

  it('can begin at an earlier epoch of a run that went on without it', async () => {
    const job = staged();
    const plain: Job = { ...job, experiment: { ...job.experiment, stages: [] } };
    const before = await trained(plain, null, new Tape(SHAPE));
    const engine = {
      trainer: before.state,
      archive: before.archive.export(),
      pace: before.pace,
    };
    const earlier = rewound(engine, before.tape, job.experiment, 6);
    expect(Array.from(earlier.archive.epochs)).toEqual([0, 1, 2, 3, 4, 5]);
    const losses = (r: number) => Array.from(before.tape.validationLoss.subarray(r * 12, r * 12 + 6));
    Array.from(earlier.archive.bestEpoch).forEach((best, r) =>
      expect(best).toBe(losses(r).indexOf(Math.min(...losses(r)))),
    );

    const whole = await trained(job, null, new Tape(SHAPE));
    const then: Job = { ...job, experiment: inStage(job.experiment, 6) };
    const trainer = new SimdTrainer(then, before.pool);
    trainer.restore(earlier.trainer);
    await trainer.advance(6, open);
    expect(await trainer.snapshot()).toEqual(whole.state);
  });

  it('says which epochs it can begin at where not all were kept', async () => {
    const job = staged();
    const small = new WeightArchive(3, job.layout.parameters, 4 * 3 * job.layout.parameters * 4);
    const before = await trained(job, null, new Tape(SHAPE), small);
    const engine = {
      trainer: before.state,
      archive: small.export(),
      pace: before.pace,
    };
    expect(() => rewound(engine, before.tape, job.experiment, 6)).toThrow(/were not kept; continue from \d+/);
  });
});
