/** @file The training loop over the stages of an experiment: each has a trainer of its own. */
import { initialStepSettings } from './initial-step-settings.ts';
import { TrainingScheduler, initialSchedulerState } from './training-scheduler.ts';
import { run, type TrainingEnding, type RunOptions } from './run.ts';
import { beginning, inStage, nextStage } from '../experiment/stages.ts';
import type { Block } from '../record/tape.ts';
import type { Job, Trainer } from '../trainers/trainer.ts';

/** What trains one stage; `job` has the experiment as it is in that stage. */
export interface StageWork {
  job: Job;
  trainer: Trainer;
  scheduler: TrainingScheduler;
}

/**
 * As `run`, with a new trainer wherever a stage of the job's experiment begins: `open` is asked for it, after the one
 * before was disposed of, and `entered` is told what works from then on.
 */
export async function* stagedRun(
  job: Job,
  begun: StageWork,
  options: Omit<RunOptions, 'scheduler'>,
  { open, entered }: { open(job: Job): Promise<Trainer>; entered(work: StageWork): void },
): AsyncGenerator<Block, TrainingEnding> {
  let work = begun;
  for (let from = options.from; ;) {
    if (startOf(work.job) !== startOf({ experiment: inStage(job.experiment, from) })) {
      work = await enter(job, work, from, open);
      entered(work);
    }
    const until = Math.min(options.until, nextStage(job.experiment, from));
    const { trainer, scheduler } = work;
    const ending = yield* run(trainer, work.job, { ...options, from, until, scheduler });
    if (ending !== 'reached' || until === options.until) return ending;
    from = until;
  }
}

/** Epochs before the only stage that it has left. */
const startOf = ({ experiment }: Pick<Job, 'experiment'>): number => experiment.stages[0]?.from ?? 0;

/** Goes on with the weights as they are; all else begins anew. */
async function enter(
  job: Job,
  { trainer, scheduler }: StageWork,
  epoch: number,
  open: (job: Job) => Promise<Trainer>,
): Promise<StageWork> {
  const { weights } = await trainer.snapshot();
  trainer.dispose();
  const staged = { ...job, experiment: inStage(job.experiment, epoch) };
  const next = await open(staged);
  next.restore(beginning(staged.experiment, epoch, weights));
  const { updates, flops, seconds, classes } = scheduler.snapshot();
  const start = initialSchedulerState(job.replicas.count, initialStepSettings(staged).batch);
  return {
    job: staged,
    trainer: next,
    scheduler: new TrainingScheduler(staged, { ...start, updates, flops, seconds, classes }),
  };
}
