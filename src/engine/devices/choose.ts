/** @file Chooses what to train on: opens each device, tests it, times it on the experiment, and says which and why. */
import { within, type Clock } from '../clock.ts';
import { calibrate } from './calibrate.ts';
import { timingKey } from '../experiment/keys.ts';
import { CodeMissing, loadCode } from '../load-code.ts';
import { type Device, type TrainerKind, type TrainerFactory } from './device.ts';
import type { BackendTrial, DeviceReport } from '../protocol.ts';
import { BACKENDS, type BackendName, type Job, type Trainer } from '../trainers/trainer.ts';

const OPEN_MS = 15_000;
/** Generous: on a busy machine a software adapter takes a second for each of the twenty shaders of the operations. */
const TEST_MS = 60_000;

export const BACKEND_LABELS: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Each device's code is loaded when it is first tried. */
const OPENERS: Readonly<Record<BackendName, (clock: Clock) => Promise<Device>>> = {
  webgpu: async (clock) => (await loadCode(() => import('./webgpu.ts'))).openWebgpu(clock),
  wasm: async () => (await loadCode(() => import('./wasm.ts'))).openWasm(),
  cpu: async () => (await loadCode(() => import('./cpu.ts'))).openCpu(),
};

export interface ChosenTrainer {
  trainer: Trainer;
  device: Device;
  report: DeviceReport;
}

interface Trial extends BackendTrial {
  /** What passed. */
  found: { device: Device; factory: TrainerFactory } | null;
  /** Whether code of it could not be loaded, so that it is not known what it can do. */
  incomplete: boolean;
}

/** The devices of one thread. Dispose of a trainer before choosing anew. */
export class Backends {
  readonly #devices = new Map<BackendName, Device>();
  /** What failed to open; unless only code did not come, it is not tried again in this thread. */
  readonly #failures = new Map<BackendName, Error>();
  /** Each factory's self-test, made once: null if it passed, else what failed. */
  readonly #tests = new Map<TrainerFactory, Promise<Error | null>>();
  /** Replica-epochs per second of each factory, by the shape of the job. */
  readonly #rates = new Map<TrainerFactory, Map<string, number>>();

  constructor(private readonly clock: Clock) {}

  /**
   * A trainer at the experiment's start on the wanted backend, or on the fastest of those that pass; `told` hears each
   * step in words. Throws if no backend can run the experiment.
   */
  async choose(job: Job, wanted: BackendName | 'auto', told: (step: string) => void): Promise<ChosenTrainer> {
    const trials: Trial[] = [];
    if (wanted !== 'auto') trials.push(await this.#try(wanted, job, told));
    if (!trials[0]?.found) {
      for (const name of BACKENDS) if (name !== wanted) trials.push(await this.#try(name, job, told));
    }
    const passed = trials.filter(({ found }) => found !== null);
    const chosen = passed.reduce<Trial | undefined>(
      (best, trial) => (best && speed(best) >= speed(trial) ? best : trial),
      undefined,
    );
    if (!chosen?.found) throw new Error(nothingFound(trials));
    told(`starting ${BACKEND_LABELS[chosen.backend]}`);
    const { device, factory } = chosen.found;
    const report = {
      chosen: plain(chosen),
      trials: trials.map(plain),
      reason: reasonFor(chosen, passed, trials, wanted),
    };
    return { trainer: await factory.create(job), device, report };
  }

  /** The first of the device's trainer factories that can do this job and passes its self-test, timed. */
  async #try(backend: BackendName, job: Job, told: (step: string) => void): Promise<Trial> {
    const label = BACKEND_LABELS[backend];
    const nothing = { backend, adapter: 'none', software: false, kind: null, aside: null } as const;
    const device = await this.#open(backend, told);
    if (device instanceof Error) {
      const incomplete = device instanceof CodeMissing;
      return { ...nothing, failure: wordsOf(device), replicaEpochsPerSecond: null, found: null, incomplete };
    }
    const { adapter, software } = device;
    const aside: string[] = [];
    let incomplete = false;
    for (const factory of device.factories) {
      const refusal = factory.refusal(job);
      if (refusal !== null) {
        aside.push(refusal);
        continue;
      }
      told(`testing ${label}`);
      const timed = (await this.#test(factory)) ?? (await this.#time(factory, job, () => told(`timing ${label}`)));
      if (timed instanceof Error) {
        aside.push(wordsOf(timed));
        incomplete ||= timed instanceof CodeMissing;
        continue;
      }
      return {
        ...{ backend, adapter, software, kind: factory.kind, failure: null, replicaEpochsPerSecond: timed },
        aside: aside.length > 0 ? aside.join('; ') : null,
        ...{ found: { device, factory }, incomplete },
      };
    }
    const failure = [...new Set(aside)].join('; ');
    return { ...nothing, adapter, software, failure, replicaEpochsPerSecond: null, found: null, incomplete };
  }

  #test(factory: TrainerFactory): Promise<Error | null> {
    const known = this.#tests.get(factory);
    if (known) return known;
    const testing = loadCode(() => import('./self-test.ts')).then(({ selfTest }) =>
      within(this.clock, TEST_MS, selfTest(factory), `its self-test took more than ${TEST_MS / 1000} s`),
    );
    const told = testing.then(() => null, errorOf);
    this.#tests.set(factory, told);
    void told.then((failure) => failure instanceof CodeMissing && this.#tests.delete(factory));
    return told;
  }

  /** Replica-epochs per second, or what went wrong; a job of a shape known already is not timed again. */
  async #time(factory: TrainerFactory, job: Job, told: () => void): Promise<number | Error> {
    const rates = this.#rates.get(factory) ?? new Map<string, number>();
    this.#rates.set(factory, rates);
    const shape = shapeOf(job);
    const known = rates.get(shape);
    if (known !== undefined) return known;
    told();
    try {
      const trainer = await factory.create(job);
      try {
        const rate = await calibrate(trainer, job, this.clock);
        rates.set(shape, rate);
        return rate;
      } finally {
        trainer.dispose();
      }
    } catch (error) {
      return errorOf(error);
    }
  }

  async #open(backend: BackendName, told: (step: string) => void): Promise<Device | Error> {
    const known = this.#devices.get(backend) ?? this.#failures.get(backend);
    if (known !== undefined) return known;
    told(`opening ${BACKEND_LABELS[backend]}`);
    const late = `it did not start within ${OPEN_MS / 1000} s`;
    try {
      const device = await within(this.clock, OPEN_MS, OPENERS[backend](this.clock), late);
      this.#devices.set(backend, device);
      // A lost device is opened afresh the next time.
      void device.lost.then(() => this.#devices.delete(backend));
      return device;
    } catch (error) {
      const failure = errorOf(error);
      if (!(failure instanceof CodeMissing)) this.#failures.set(backend, failure);
      return failure;
    }
  }
}

/** All that decides how long an epoch takes. */
function shapeOf({ experiment, layout, replicas }: Job): string {
  const sizes = [replicas.count, replicas.train.size, replicas.validation.size, replicas.test.size];
  return JSON.stringify([sizes, layout.layers, timingKey(experiment)]);
}

const errorOf = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
const wordsOf = ({ message }: Error) => message;
const plain = ({ found: _, incomplete: __, ...trial }: Trial): BackendTrial => trial;

const rate = (trial: BackendTrial) => Math.round(speed(trial));
/** What passed was timed. */
const speed = (trial: BackendTrial): number => trial.replicaEpochsPerSecond ?? -Infinity;

/** Another experiment or browser is no remedy for a connection that is down. */
function nothingFound(trials: Trial[]): string {
  return trials.some(({ incomplete }) => incomplete)
    ? `The code that trains could not be loaded. ${failures(trials)} The connection may be down, or a newer version of this page may be out. Press Train to try again; save what is on screen before you reload the page.`
    : `No backend can run this experiment. ${failures(trials)} Try a smaller experiment or another browser.`;
}

const failures = (trials: BackendTrial[]) =>
  trials
    .filter((trial) => trial.failure !== null)
    .map((trial) => `${BACKEND_LABELS[trial.backend]}: ${trial.failure}.`)
    .join(' ');

const KINDS: Readonly<Record<TrainerKind, string>> = {
  fused: 'fused training',
  operations: 'training step by step through TensorFlow.js',
};

function reasonFor(
  chosen: BackendTrial,
  passed: BackendTrial[],
  trials: BackendTrial[],
  wanted: BackendName | 'auto',
): string {
  const label = BACKEND_LABELS[chosen.backend];
  const rates = passed
    .filter((trial) => trial !== chosen)
    .map((trial) => `${BACKEND_LABELS[trial.backend]} ${rate(trial)}`);
  const lead =
    chosen.backend === wanted
      ? `${label}, as you chose.`
      : rates.length === 0
        ? `${label} is the only one that works here.`
        : `${label} is the fastest here: ${rate(chosen)} replica-epochs a second, ${rates.join(', ')}.`;
  const aside = chosen.aside && chosen.kind && `This is ${KINDS[chosen.kind]}, because: ${chosen.aside}.`;
  return [lead, aside, failures(trials)].filter(Boolean).join(' ');
}
