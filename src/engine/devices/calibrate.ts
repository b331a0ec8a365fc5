/** @file Measures how fast a trainer is on the experiment at hand. */
import type { Clock } from '../clock.ts';
import type { Gate, Job, Trainer } from '../trainers/trainer.ts';

/** Time for one epoch that only warms up, and again for the epochs that are timed. */
const LIMIT_MS = 300;
/** The epochs that are timed should take this long, as far as the first one tells. */
const WANTED_MS = 60;

/** Bounds what is read back together. */
const MOST_EPOCHS = 20;

class OutOfTime extends Error {}

/** Timed so often, and the fastest counts: a busy machine makes a trainer slower than it is, never faster. */
const SAMPLES = 3;

/** Replica-epochs per second; the trainer's state moves on. What takes too long is judged by the share it managed. */
export async function calibrate(trainer: Trainer, { replicas }: Job, clock: Clock): Promise<number> {
  let rate = await time(1);
  if (rate.whole) {
    const each = (1000 * replicas.count) / rate.replicaEpochsPerSecond;
    const epochs = Math.max(1, Math.min(MOST_EPOCHS, Math.round(WANTED_MS / each)));
    const rates: number[] = [];
    // A trainer that was cut short is not asked again: it may not be where it says.
    while (rates.length < SAMPLES && rate.whole) rates.push((rate = await time(epochs)).replicaEpochsPerSecond);
    return Math.max(...rates);
  }
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
