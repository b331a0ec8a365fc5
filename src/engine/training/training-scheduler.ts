/** @file Decides the learning rates and the batch size of each epoch from what was recorded of the epochs before it. */
import { measuresGradients } from './batch-schedules.ts';
import { takeClasses } from './prediction-changes.ts';
import { costUntil, workloadOf, type Workload } from '../record/cost.ts';
import { gradientStatistics, type GradientStatistics } from './gradient-noise.ts';
import { classifies } from '../model/objectives.ts';
import { initialStepSettings } from './initial-step-settings.ts';
import { rateAt } from './schedules.ts';
import { COURSE, type Block } from '../record/tape.ts';
import type { Job, StepSettings, TrainedEpochs } from '../trainers/trainer.ts';

/** Everything that decides how training goes on; a copy can be kept and given back. */
export interface SchedulerState {
  /** Optimizer steps taken. */
  updates: number;
  /** FLOPs of training one replica, and seconds of training all of them, so far. */
  flops: number;
  seconds: number;
  /** `[R, n]`: the class that each training point was told after the last epoch; null before the first and for values. */
  classes: Uint16Array | null;
  /** Points of a batch, not yet rounded, so that small factors add up. */
  batch: number;
  /** Lowest mean validation loss, and epochs without a lower one. */
  best: number;
  wait: number;
  /** `[R]`: each replica's factor on the scheduled rate, its lowest validation loss, its wait and its cooldown. */
  rates: Float64Array;
  lowest: Float64Array;
  waits: Int32Array;
  cooldowns: Int32Array;
}

/** The state before anything is trained, for R replicas and batches of so many points. */
export function initialSchedulerState(R: number, batch: number): SchedulerState {
  return {
    ...{ updates: 0, flops: 0, seconds: 0, classes: null },
    ...{ batch, best: Infinity, wait: 0 },
    rates: new Float64Array(R).fill(1),
    lowest: new Float64Array(R).fill(Infinity),
    waits: new Int32Array(R),
    cooldowns: new Int32Array(R),
  };
}

/** tr Σ (n − 1) and ‖ḡ‖², means over the replicas. */
type Noise = Pick<GradientStatistics, 'variance' | 'meanSquare'>;

type Course = Record<(typeof COURSE)[number], Float32Array>;

export class TrainingScheduler {
  readonly #state: SchedulerState;
  readonly #workload: Workload;

  constructor(
    private readonly job: Job,
    state?: SchedulerState,
  ) {
    this.#state = state ?? initialSchedulerState(job.replicas.count, initialStepSettings(job).batch);
    this.#workload = workloadOf(job);
  }

  /** The step settings of the next epochs, and for how many of them, at most `most`, they surely stay the same. */
  next(epoch: number, most: number): { epochs: number; settings: StepSettings } {
    const { schedule, batchSchedule } = this.job.experiment.training;
    const settings = { batch: this.#batch, rates: Float32Array.from(this.#state.rates) };
    if (schedule.name === 'plateau' || (batchSchedule.name !== 'fixed' && batchSchedule.name !== 'grow'))
      return { epochs: 1, settings };
    const left = batchSchedule.name === 'grow' ? batchSchedule.every - (epoch % batchSchedule.every) : most;
    return { epochs: Math.min(most, left), settings };
  }

  /**
   * Notes the step settings of the block's epochs in it, measures what is to be measured, and decides on the epochs that
   * follow.
   */
  observe(block: Block, trained: TrainedEpochs, settings: StepSettings): void {
    const { experiment, replicas } = this.job;
    const { training } = experiment;
    const { count: R, train } = replicas;
    const { count } = trained;
    const state = this.#state;
    const steps = Math.ceil(train.size / settings.batch);
    const flops = costUntil(this.#workload, 1, steps).training;
    const course = Object.fromEntries(COURSE.map((name) => [name, new Float32Array(count * R).fill(NaN)])) as Course;
    const measured = measuresGradients(training);
    for (let i = 0; i < count; i++) {
      const rate = rateAt(experiment, block.first + i, steps - 1, steps);
      state.updates += steps;
      state.flops += flops;
      state.seconds += block.elapsedMs / count / 1000;
      const [from, to] = [i * R, (i + 1) * R];
      for (let r = 0; r < R; r++) course.learningRate[from + r] = rate * settings.rates[r]!;
      course.updates.fill(state.updates, from, to);
      course.examples.fill((block.first + i + 1) * train.size, from, to);
      course.flops.fill(state.flops, from, to);
      course.seconds.fill(state.seconds, from, to);
      if (classifies(experiment.objective)) this.#compare(trained, i, course);
      const noise = measured ? this.#measure(trained, i, course) : { variance: NaN, meanSquare: NaN };
      this.#decide(block, i, { ...noise, rate: rate * meanOf(settings.rates) });
    }
    Object.assign(block.curves, course);
  }

  /** Notes how many training points are told another class than after the epoch before. */
  #compare({ outputs }: TrainedEpochs, i: number, { predictionChanges }: Course): void {
    const { count: R, outputs: K, train, validation, test } = this.job.replicas;
    const points = train.size + validation.size + test.size;
    const known = this.#state.classes !== null;
    const classes = (this.#state.classes ??= new Uint16Array(R * train.size));
    for (let r = 0; r < R; r++) {
      const row = i * R + r;
      const changed = takeClasses(outputs, row * points * K, K, train.size, classes, r * train.size);
      if (known) predictionChanges[row] = changed / train.size;
    }
  }

  /** Notes what the gradients of every replica say; returns the means over the replicas. */
  #measure({ weights }: TrainedEpochs, i: number, course: Course): Noise {
    const { count: R } = this.job.replicas;
    const P = this.job.layout.parameters;
    let [variance, meanSquare] = [0, 0];
    for (let r = 0; r < R; r++) {
      const row = i * R + r;
      const own = gradientStatistics(this.job, r, weights.subarray(row * P, (row + 1) * P));
      course.gradientNoise[row] = own.variance / own.square;
      course.gradientEvidence[row] = own.evidence;
      course.gradientDisparity[row] = own.disparity;
      variance += own.variance / R;
      meanSquare += own.meanSquare / R;
    }
    return { variance, meanSquare };
  }

  /** A copy. */
  snapshot(): SchedulerState {
    return structuredClone(this.#state);
  }

  get #batch(): number {
    return Math.max(1, Math.min(this.job.replicas.train.size, Math.round(this.#state.batch)));
  }

  #decide(block: Block, i: number, { variance, meanSquare, rate }: Noise & { rate: number }): void {
    const { training } = this.job.experiment;
    const { count: R } = this.job.replicas;
    const state = this.#state;
    const of = (losses: Float32Array) => losses.subarray(i * R, (i + 1) * R);
    const losses = of(block.curves.validationLoss!);
    if (training.schedule.name === 'plateau') losses.forEach((loss, r) => this.#reduce(r, loss));
    const { batchSchedule } = training;
    switch (batchSchedule.name) {
      case 'fixed':
        return;
      case 'grow':
        if ((block.first + i + 1) % batchSchedule.every === 0) this.#resize(state.batch * batchSchedule.factor);
        return;
      case 'plateau': {
        const mean = meanOf(losses);
        if (mean < state.best - batchSchedule.minDelta) {
          state.best = mean;
          state.wait = 0;
        } else if (++state.wait >= batchSchedule.patience) {
          state.wait = 0;
          this.#resize(state.batch * batchSchedule.factor);
        }
        return;
      }
      // Byrd, Chin, Nocedal and Wu 2012: the smallest batch b with tr Σ / b ≤ θ²·‖ḡ‖², not below the present one.
      case 'norm-test':
        return this.#resize(Math.max(state.batch, Math.ceil(variance / (batchSchedule.theta ** 2 * meanSquare))));
      // Balles, Romero and Hennig 2017, eq. 22: η·tr Σ / L, where Σ is divided by n.
      case 'cabs': {
        const { size } = this.job.replicas.train;
        return this.#resize((((rate * variance) / meanOf(of(block.curves.trainLoss!))) * (size - 1)) / size);
      }
      default:
        batchSchedule satisfies never;
    }
  }

  /** Within the training set; what cannot be computed, after a replica diverged, changes nothing. */
  #resize(batch: number): void {
    if (Number.isNaN(batch)) return;
    this.#state.batch = Math.max(1, Math.min(this.job.replicas.train.size, batch));
  }

  /** `ReduceLROnPlateau.on_epoch_end` of Keras 3 for one replica, in its order. */
  #reduce(r: number, loss: number): void {
    const { schedule, optimizer } = this.job.experiment.training;
    if (schedule.name !== 'plateau') return;
    const { rates, lowest, waits, cooldowns } = this.#state;
    if (cooldowns[r]! > 0) {
      cooldowns[r]! -= 1;
      waits[r] = 0;
    }
    if (loss < lowest[r]! - schedule.minDelta) {
      lowest[r] = loss;
      waits[r] = 0;
    } else if (cooldowns[r] === 0) {
      waits[r]! += 1;
      if (waits[r]! < schedule.patience) return;
      const rate = rates[r]! * optimizer.learningRate;
      if (rate <= schedule.minRate) return;
      rates[r] = Math.max(rate * schedule.factor, schedule.minRate) / optimizer.learningRate;
      cooldowns[r] = schedule.cooldown;
      waits[r] = 0;
    }
  }
}

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
