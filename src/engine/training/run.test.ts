/** @file The loop, with a trainer that only counts: blocks, endings, and what is handed to the archive. */
import { expect, it, vi } from 'vitest';
import { WeightArchive } from '../record/weight-archive.ts';
import { Metrics } from '../record/metrics.ts';
import { TrainingScheduler } from './training-scheduler.ts';
import { run, type TrainingEnding, type RunOptions } from './run.ts';
import type { Block } from '../record/tape.ts';
import type { Trainer } from '../trainers/trainer.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const job = jobOf({ replicas: 2 });
const P = job.layout.parameters;
const M = job.replicas.train.size + job.replicas.validation.size + job.replicas.test.size;

/** A trainer whose every output is `value(epoch)` and whose epochs take `ms` each. */
function counting(ms: number, value: (epoch: number) => number) {
  const clock = { time: 0 };
  let epoch = 0;
  const advance = vi.fn((count: number) => {
    clock.time += ms * count;
    const outputs = new Float32Array(count * 2 * M);
    const weights = new Float32Array(count * 2 * P);
    for (let i = 0; i < count; i++, epoch++) {
      outputs.fill(value(epoch), i * 2 * M, (i + 1) * 2 * M);
      weights.fill(epoch, i * 2 * P, (i + 1) * 2 * P);
    }
    return Promise.resolve({ count, outputs, weights });
  });
  return { trainer: { advance } as unknown as Trainer, advance, now: () => clock.time };
}

async function collect(counted: ReturnType<typeof counting>, more: Partial<RunOptions>) {
  const archive = new WeightArchive(2, P);
  const blocks: Block[] = [];
  const loop = run(counted.trainer, job, {
    from: 0,
    until: 40,
    gate: () => Promise.resolve(),
    clock: { now: counted.now, after: () => Promise.resolve() },
    metrics: new Metrics(job, Int32Array.of(0)),
    scheduler: new TrainingScheduler(job),
    archive,
    halted: () => false,
    singly: false,
    ...more,
  });
  let next = await loop.next();
  for (; !next.done; next = await loop.next()) blocks.push(next.value);
  const ending: TrainingEnding = next.value;
  return { ending, blocks, archive };
}

it('yields blocks that follow one another up to the goal, growing to a twentieth of a second', async () => {
  const { ending, blocks, archive } = await collect(
    counting(10, () => 0),
    {},
  );
  expect(ending).toBe('reached');
  expect(blocks.map((block) => block.count)).toEqual([1, 2, 4, 5, 5, 5, 5, 5, 5, 3]);
  expect(blocks.map((block) => block.first)).toEqual([0, 1, 3, 7, 12, 17, 22, 27, 32, 37]);
  expect(blocks.map((block) => block.elapsedMs / block.count)).toEqual(blocks.map(() => 10));
  expect(archive.epochs).toEqual(Array.from({ length: 40 }, (_, e) => e));
  expect(archive.pick(1, 23).weights[0]).toBe(23);
});

it('goes on from where a run was', async () => {
  const { blocks } = await collect(
    counting(100, () => 0),
    { from: 38 },
  );
  expect(blocks.map((block) => block.first)).toEqual([38, 39]);
});

it('halts right after the epoch that says so, with no epoch too many', async () => {
  const counted = counting(1, () => 0);
  const { ending, blocks } = await collect(counted, { halted: (block) => block.first === 6, singly: true });
  expect(ending).toBe('halted');
  expect(blocks.length).toBe(7);
  expect(counted.advance).toHaveBeenCalledTimes(7);
});

it('ends when no replica is finite any more', async () => {
  const { ending, blocks } = await collect(
    counting(100, (epoch) => (epoch < 3 ? 0 : NaN)),
    {},
  );
  expect(ending).toBe('diverged');
  expect(blocks.length).toBe(4);
});
