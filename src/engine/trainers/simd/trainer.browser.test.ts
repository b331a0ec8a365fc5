/** @file The trainer on the processor with a pool of real workers. */
import { afterAll, describe, expect, it } from 'vitest';
import { trainerSuite } from '../trainer-suite.testing.ts';
import { jobOf } from '../trainer.testing.ts';
import { openWorkerPool, openInlinePool } from './worker-pool.ts';
import { SimdTrainer } from './trainer.ts';

const open = () => Promise.resolve();
const pool = await openWorkerPool(2);
afterAll(() => pool.dispose());

describe('a pool of workers', () => {
  trainerSuite((job) => new SimdTrainer(job, pool), 6);

  it('gives the bits of one thread', async () => {
    const job = jobOf({ replicas: 5, training: { batchSize: 5 } });
    const [alone, together] = await Promise.all(
      [await openInlinePool(1), pool].map((some) => new SimdTrainer(job, some).advance(3, open)),
    );
    expect(pool.members.length).toBeGreaterThan(1);
    expect(together).toEqual(alone);
  });

  it('asks at the gate while it works, and does nothing while it is held there', async () => {
    // Many times a slice of work, also on a fast machine.
    const job = jobOf({
      replicas: 16,
      trainSize: 8000,
      model: { hidden: [64, 64], activation: 'tanh', inputScale: 1 },
    });
    const trainer = new SimdTrainer(job, pool);
    const done: number[] = [];
    const { weights } = await trainer.advance(4, async (now) => {
      done.push(now);
    });
    expect(done.length).toBeGreaterThan(4);
    expect(done).toEqual(done.toSorted((a, b) => a - b));

    trainer.restore(await new SimdTrainer(job, pool).snapshot());
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    const slow = trainer.advance(4, async (now) => {
      if (now > 0 && asked++ === 0) await held;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toBe(1);
    release();
    expect((await slow).weights).toEqual(weights);
    trainer.dispose();
  });

  it('says so when a thread ends', async () => {
    const mortal = await openWorkerPool(2);
    const trainer = new SimdTrainer(jobOf(), mortal);
    mortal.dispose();
    await expect(trainer.advance(1, open)).rejects.toThrow('A training thread ended: it was dismissed');
  });
});
