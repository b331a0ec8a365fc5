/** @file A trainer's numbers depend neither on the number of workers nor on how many epochs each call trains. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import type { TrainedEpochs } from '../trainer.ts';
import { JOBS, jobOf } from '../trainer.testing.ts';
import { shardHandler } from './pool-worker.ts';
import type { PoolEvent } from './pool-protocol.ts';
import { openInlinePool } from './worker-pool.ts';
import { compileKernel } from './compile.ts';
import { shardsOf } from './shard.ts';
import { SimdTrainer } from './trainer.ts';

const open = () => Promise.resolve();
const pools = await Promise.all([1, 2, 3, 8].map(openInlinePool));

it('gives the same bits however replicas are shared out and epochs are portioned', async () => {
  await fc.assert(
    fc.asyncProperty(JOBS, fc.constantFrom(...pools), async (job, pool) => {
      const { count, train } = job.replicas;
      const settings = {
        batch: Math.ceil(train.size / 2),
        rates: Float32Array.from({ length: count }, (_, r) => 1 / (r + 1)),
      };
      const whole = await new SimdTrainer(job, pools[0]!).advance(5, open, settings);
      const trainer = new SimdTrainer(job, pool);
      const portions: TrainedEpochs[] = [];
      for (const epochs of [1, 3, 1]) portions.push(await trainer.advance(epochs, open, settings));
      const all = (key: 'outputs' | 'weights') => Float32Array.from(portions.flatMap((portion) => [...portion[key]]));
      expect(all('weights')).toEqual(whole.weights);
      expect(all('outputs')).toEqual(whole.outputs);
    }),
    { numRuns: 40 },
  );
});

it('shares replicas out evenly, each to one', () => {
  const shards = shardsOf(jobOf({ replicas: 10 }), 4);
  expect(shards.map(({ first, count }) => [first, count])).toEqual([
    [0, 2],
    [2, 3],
    [5, 2],
    [7, 3],
  ]);
});

/** A pool worker whose clock shows 10 ms more at every look. */
async function poolWorker() {
  const posted: PoolEvent[] = [];
  let now = 0;
  const handle = shardHandler({ now: () => (now += 10) }, (event) => posted.push(event));
  const job = jobOf({ replicas: 2, trainSize: 1500, model: { hidden: [64, 64], activation: 'relu', inputScale: 1 } });
  handle({ id: 4, type: 'take', module: await compileKernel(), shard: shardsOf(job, 1)[0]! });
  const settings = initialStepSettings(job);
  handle({
    id: 4,
    type: 'advance',
    request: 11,
    round: 1,
    epochs: 2,
    settings,
    from: await new SimdTrainer(job, pools[0]!).snapshot(),
  });
  return { posted, job, settings, handle };
}

it('a pool worker works in slices, each after it was told to continue', async () => {
  const { posted, job, handle } = await poolWorker();
  for (let slices = 1; posted.at(-1)?.type === 'sliced'; slices++) {
    expect(posted.length).toBe(slices);
    handle({ id: 4, type: 'continue', round: 1 });
  }
  const done = posted.flatMap((event) => (event.type === 'sliced' ? event.done : []));
  expect(done.length).toBeGreaterThan(5);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  const last = posted.at(-1);
  const whole = await new SimdTrainer(job, pools[0]!).advance(2, open);
  expect(last?.type === 'trained' && last.trained.weights).toEqual(whole.weights);
});

it('a pool worker continues no round that was given up', async () => {
  const { posted, settings, handle } = await poolWorker();
  handle({ id: 4, type: 'advance', request: 12, round: 2, epochs: 1, settings, from: null });
  // Whoever asked for it is told.
  expect(posted.at(-2)).toMatchObject({ type: 'refused', request: 11 });
  const before = posted.length;
  handle({ id: 4, type: 'continue', round: 1 });
  expect(posted.length).toBe(before);
  handle({ id: 4, type: 'continue', round: 2 });
  expect(posted.length).toBe(before + 1);
});

it('a pool worker says what went wrong', async () => {
  const { posted, settings, handle } = await poolWorker();
  const state = { epoch: 0, step: 0, weights: new Float32Array(0), slots: [] };
  handle({ id: 4, type: 'advance', request: 12, round: 2, epochs: -1, settings, from: state });
  expect(posted.at(-1)).toMatchObject({ type: 'refused', request: 12, id: 4 });
  handle({ id: 5, type: 'advance', request: 13, round: 1, epochs: 1, settings, from: null });
  expect(posted.at(-1)).toMatchObject({ type: 'refused', request: 13, message: 'shard 5 is not here' });
});
