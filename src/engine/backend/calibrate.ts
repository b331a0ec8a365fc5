/** @file How fast a trainer is on the experiment at hand. */
import type { Clock } from '../clock.ts';
import type { Gate, Job, Trainer } from '../trainer.ts';

/** Time for one epoch that only warms up, and again for the epochs that are timed. */
const LIMIT_MS = 600;
const TIMED_EPOCHS = 3;

class OutOfTime extends Error {}

/** Replica-epochs per second; the trainer's state moves on. What takes too long is judged by the share it managed. */
export async function calibrate(trainer: Trainer, { replicas }: Job, clock: Clock): Promise<number> {
  let rate = await time(1);
  if (rate.whole) rate = await time(TIMED_EPOCHS);
  return rate.replicaEpochsPerSecond;

  async function time(epochs: number): Promise<{ whole: boolean; replicaEpochsPerSecond: number }> {
    const start = clock.now();
    let done = 0;
    const gate: Gate = (now) => {
      done = now;
      const late = clock.now() - start > LIMIT_MS && done > 0 && done < epochs;
      return late ? Promise.reject(new OutOfTime()) : Promise.resolve();
    };
    let whole = true;
    try {
      await trainer.advance(epochs, gate);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      whole = false;
    }
    const seconds = Math.max(clock.now() - start, 0.01) / 1000;
    return { whole, replicaEpochsPerSecond: (replicas.count * done) / seconds };
  }
}
