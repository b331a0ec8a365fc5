/** @file The training loop: an async generator of plain blocks that does not depend on workers or the page. */
import type { WeightArchive } from '../record/weight-archive.ts';
import type { Clock } from '../clock.ts';
import type { Metrics } from '../record/metrics.ts';
import type { TrainingScheduler } from './training-scheduler.ts';
import type { Block } from '../record/tape.ts';
import type { Gate, Job, Trainer } from '../trainers/trainer.ts';

/** Time a block should take: a few of them in the blink of an eye. */
const BLOCK_MS = 50;
/** Numbers a block may hold before they are read back, 32 MB. */
const BLOCK_NUMBERS = 2 ** 23;

export interface RunOptions {
  /** Epochs trained so far, and in all when the run is over. */
  from: number;
  until: number;
  gate: Gate;
  clock: Clock;
  metrics: Metrics;
  scheduler: TrainingScheduler;
  archive: Pick<WeightArchive, 'add'>;
  /** Sees every block; true ends the run after it. */
  halted(block: Block): boolean;
  /** Blocks of single epochs, so that none is trained after the halt. */
  singly: boolean;
}

export type TrainingEnding = 'reached' | 'halted' | 'diverged';

/** Trains up to `until` epochs; ends early when `halted` says so or no replica is finite any more. */
export async function* run(
  trainer: Trainer,
  { replicas, layout }: Job,
  options: RunOptions,
): AsyncGenerator<Block, TrainingEnding> {
  const { until, gate, clock, metrics, scheduler, archive, singly } = options;
  const points = replicas.train.size + replicas.validation.size + replicas.test.size;
  const most = Math.max(
    1,
    Math.floor(BLOCK_NUMBERS / (replicas.count * (points * replicas.outputs + layout.parameters))),
  );
  let chunk = 1;
  for (let epoch = options.from; epoch < until;) {
    const start = clock.now();
    const { epochs, settings } = scheduler.next(epoch, Math.min(chunk, until - epoch));
    const trained = await trainer.advance(epochs, gate, settings);
    const handed = clock.now();
    const block = metrics.measure(trained, epoch, handed - start);
    scheduler.observe(block, trained, settings);
    const size = replicas.count * layout.parameters;
    const losses = block.curves.validationLoss!;
    for (let i = 0; i < block.count; i++) {
      const row = losses.subarray(i * replicas.count, (i + 1) * replicas.count);
      archive.add(epoch + i, trained.weights.subarray(i * size, (i + 1) * size), row);
    }
    block.measuringMs = clock.now() - handed;
    epoch += block.count;
    // Asked before the block is handed over: its arrays may be gone afterwards.
    const halts = options.halted(block);
    const diverged = block.curves.trainLoss!.subarray(-replicas.count).every((loss) => !Number.isFinite(loss));
    const each = Math.max(block.elapsedMs / block.count, 0.01);
    yield block;
    if (diverged) return 'diverged';
    if (halts) return 'halted';
    chunk = singly ? 1 : Math.max(1, Math.min(2 * chunk, Math.round(BLOCK_MS / each), most));
  }
  return 'reached';
}
