/** @file Trains one experiment from start to outcome in the calling thread, as the worker does for the page. */
import { Curves } from '../decomposition/curves.ts';
import { decompositionTarget } from '../decomposition/decompose.ts';
import { sharedDraws } from '../decomposition/variance-sources.ts';
import { OutcomeReader, type Outcome } from '../evaluation/outcome.ts';
import { Backends } from '../engine/devices/choose.ts';
import type { Clock } from '../engine/clock.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { loadTable } from '../engine/data/load-table.ts';
import { Metrics } from '../engine/record/metrics.ts';
import { WeightArchive } from '../engine/record/weight-archive.ts';
import { prepareRun, runDataOf } from '../engine/prepare.ts';
import { TrainingScheduler } from '../engine/training/training-scheduler.ts';
import type { Archive, DeviceReport } from '../engine/protocol.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import type { TrainingEnding } from '../engine/training/run.ts';
import { stagedRun, type StageWork } from '../engine/training/staged-run.ts';
import { inStage } from '../engine/experiment/stages.ts';
import { Tape, type Block } from '../engine/record/tape.ts';
import type { BackendName } from '../engine/trainers/trainer.ts';
import type { RunMaterial } from '../exports/network.ts';
import { haltingOf } from '../stopping/halting.ts';
import { replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';

export interface Trained {
  material: RunMaterial;
  device: DeviceReport;
  tape: Tape;
  /** `[D]`: indices of the decomposition points in the test set. */
  points: Int32Array;
  curves: Curves;
  /** Null if no replica was ever sound. */
  outcome: Outcome | null;
  ending: TrainingEnding;
  /** Weights `[P]` after each epoch of the replicas asked for, by replica: whatever the rule restores can be exported. */
  kept: Map<number, Float32Array[]>;
  /** Weights of all replicas, if they were to be kept. */
  archive: Archive | null;
}

export interface Listener {
  step(words: string): void;
  /** Called for every block, with the epochs recorded so far. */
  recorded(epochs: number, elapsedMs: number): void;
}

export interface Keep {
  /** Weights of all replicas at some epochs. */
  archived?: boolean;
  /** Of these replicas the weights after every epoch. */
  replicas?: readonly number[];
}

/** Throws a `DataError` if the data cannot be drawn as asked, and an `Error` if the backend does not work here. */
export async function train(
  experiment: Experiment,
  backend: BackendName,
  clock: Clock,
  listener: Listener,
  { archived = false, replicas: kept = [] }: Keep = {},
): Promise<Trained> {
  listener.step('drawing the data');
  const table = await loadTable(experiment);
  const replicas = drawReplicas(experiment, table);
  const { job: whole, points, shape } = prepareRun(experiment, runDataOf(experiment, replicas));
  const tape = new Tape(shape);

  const job = { ...whole, experiment: inStage(experiment, 0) };
  const backends = new Backends(clock);
  const { trainer, report } = await backends.choose(job, backend, listener.step);
  let work: StageWork = { job, trainer, scheduler: new TrainingScheduler(job) };
  try {
    if (report.chosen.backend !== backend)
      throw new Error(`${backend} does not work here: ${failureOf(report, backend)}`);
    const halting = await haltingOf(experiment);
    const P = whole.layout.parameters;
    const byReplica = new Map(kept.map((replica) => [replica, [] as Float32Array[]]));
    const archive = archived ? new WeightArchive(shape.replicas, P) : null;
    const options = {
      from: 0,
      until: shape.epochs,
      gate: () => Promise.resolve(),
      clock,
      metrics: new Metrics(whole, points),
      archive: {
        add(epoch: number, weights: Float32Array, validationLoss: ArrayLike<number>) {
          for (const [r, epochs] of byReplica) epochs.push(weights.slice(r * P, (r + 1) * P));
          archive?.add(epoch, weights, validationLoss);
        },
      },
      halted: (block: Block) => halting?.observe(block) ?? false,
      singly: halting !== null,
    };
    const blocks = stagedRun(whole, work, options, {
      open: async (job) => (await backends.choose(job, backend, listener.step)).trainer,
      entered: (next) => (work = next),
    });
    let next = await blocks.next();
    for (; !next.done; next = await blocks.next()) {
      tape.append(next.value);
      listener.recorded(tape.length, tape.elapsedMs);
    }
    const target = decompositionTarget(replicas.test, points, sharedDraws(replicas.draws));
    const curves = new Curves(tape, target);
    curves.extend();
    const outcome = new OutcomeReader(tape, curves, target).read(replayTape(tape, experiment.stopping.policy, RULES));
    return {
      material: { experiment, replicas, table },
      device: report,
      tape,
      points,
      curves,
      outcome,
      ending: next.value,
      kept: byReplica,
      archive: archive?.export() ?? null,
    };
  } finally {
    work.trainer.dispose();
  }
}

function failureOf(report: DeviceReport, backend: BackendName): string {
  return report.trials.find((trial) => trial.backend === backend)?.failure ?? 'it was not tried';
}
