/** @file Chooses the device: opens each backend, tests it, times it on the experiment, and says which and why. */
import { calibrate } from './backend/calibrate.ts';
import { within, type Clock } from './clock.ts';
import type { BackendTrial, DeviceReport } from './protocol.ts';
import { BACKENDS, type BackendName, type Job, type Trainer } from './trainer.ts';
import type { OpsDevice } from './trainers/ops/device.ts';

const OPEN_MS = 15_000;
/** Generous: on a busy machine a software adapter takes a second for each of its twenty shaders. */
const TEST_MS = 60_000;

export const BACKEND_LABELS: Readonly<Record<BackendName, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Each backend's code is loaded when it is first tried. */
const OPENERS: Readonly<Record<BackendName, (clock: Clock) => Promise<OpsDevice>>> = {
  webgpu: async (clock) => (await import('./backend/webgpu.ts')).open(clock),
  wasm: async () => (await import('./backend/wasm.ts')).open(),
  cpu: async () => (await import('./backend/cpu.ts')).open(),
};

export interface Chosen {
  trainer: Trainer;
  device: OpsDevice;
  report: DeviceReport;
}

/** The backends of one thread. Tensors of only one are alive at a time: dispose of a trainer before choosing anew. */
export class Backends {
  readonly #devices = new Map<BackendName, OpsDevice>();
  /** What failed to open or to pass; it is not tried again in this thread. */
  readonly #failures = new Map<BackendName, string>();
  readonly #passed = new Set<OpsDevice>();

  constructor(private readonly clock: Clock) {}

  /**
   * A trainer at the experiment's start on the wanted backend, or on the fastest of those that pass; `told` hears each
   * step in words. A software adapter is left out unless it is wanted: the processor that plays it is faster as it is.
   * Throws if no backend can run the experiment.
   */
  async choose(job: Job, wanted: BackendName | 'auto', told: (step: string) => void): Promise<Chosen> {
    const trials: BackendTrial[] = [];
    if (wanted !== 'auto') trials.push(await this.#try(wanted, job, told, true));
    if (trials[0]?.failure !== null) {
      for (const name of BACKENDS) if (name !== wanted) trials.push(await this.#try(name, job, told, false));
    }
    const passed = trials.filter((trial) => trial.replicaEpochsPerSecond !== null);
    const chosen = passed.reduce<BackendTrial | undefined>(
      (best, trial) => (best && speed(best) >= speed(trial) ? best : trial),
      undefined,
    );
    if (!chosen)
      throw new Error(
        `No backend can run this experiment. ${failures(trials)} Try a smaller experiment or another browser.`,
      );
    told(`starting ${BACKEND_LABELS[chosen.backend]}`);
    const device = await this.#open(chosen.backend);
    const trainer = await createTrainer(job, device);
    return { trainer, device, report: { chosen, trials, reason: reasonFor(chosen, passed, trials, wanted) } };
  }

  async #try(backend: BackendName, job: Job, told: (step: string) => void, wanted: boolean): Promise<BackendTrial> {
    let device: OpsDevice | undefined;
    let failure = this.#failures.get(backend) ?? null;
    let replicaEpochsPerSecond: number | null = null;
    if (failure === null) {
      try {
        told(`testing ${BACKEND_LABELS[backend]}`);
        device = await this.#open(backend);
        if (wanted || !device.software) {
          await this.#test(backend, device);
          told(`timing ${BACKEND_LABELS[backend]}`);
          replicaEpochsPerSecond = await this.#time(job, device);
        }
      } catch (error) {
        failure = wordsOf(error);
      }
    }
    return {
      backend,
      adapter: device?.adapter ?? 'none',
      software: device?.software ?? false,
      failure,
      replicaEpochsPerSecond,
    };
  }

  /** Tests a device once. */
  async #test(backend: BackendName, device: OpsDevice): Promise<void> {
    if (this.#passed.has(device)) return;
    const { selfTest } = await import('./backend/self-test.ts');
    const late = `its self-test took more than ${TEST_MS / 1000} s`;
    try {
      await within(this.clock, TEST_MS, selfTest(device), late);
    } catch (error) {
      this.#failures.set(backend, wordsOf(error));
      throw error;
    }
    this.#passed.add(device);
  }

  async #time(job: Job, device: OpsDevice): Promise<number> {
    const trainer = await createTrainer(job, device);
    try {
      return await calibrate(trainer, job, this.clock);
    } finally {
      trainer.dispose();
    }
  }

  /** Makes a backend the active one. */
  async #open(backend: BackendName): Promise<OpsDevice> {
    const known = this.#devices.get(backend);
    if (known) {
      const { setBackend } = await import('@tensorflow/tfjs-core');
      if (!(await setBackend(backend))) throw new Error(`${BACKEND_LABELS[backend]} did not start again`);
      return known;
    }
    const late = `it did not start within ${OPEN_MS / 1000} s`;
    const device = await within(this.clock, OPEN_MS, OPENERS[backend](this.clock), late).catch((error: unknown) => {
      this.#failures.set(backend, wordsOf(error));
      throw error;
    });
    this.#devices.set(backend, device);
    // A lost device is opened afresh the next time.
    void device.lost.then(() => this.#devices.delete(backend));
    return device;
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function createTrainer(job: Job, device: OpsDevice): Promise<Trainer> {
  const { OpsTrainer } = await import('./trainers/ops/trainer.ts');
  return new OpsTrainer(job, device);
}

const rate = (trial: BackendTrial) => Math.round(speed(trial));
/** What passed was timed. */
const speed = (trial: BackendTrial): number => trial.replicaEpochsPerSecond ?? -Infinity;

const failures = (trials: BackendTrial[]) =>
  trials
    .filter((trial) => trial.failure !== null)
    .map((trial) => `${BACKEND_LABELS[trial.backend]}: ${trial.failure}.`)
    .join(' ');

function reasonFor(
  chosen: BackendTrial,
  passed: BackendTrial[],
  trials: BackendTrial[],
  wanted: BackendName | 'auto',
): string {
  const label = BACKEND_LABELS[chosen.backend];
  if (chosen.backend === wanted) return `${label}, as you chose.`;
  const rates = passed
    .filter((trial) => trial !== chosen)
    .map((trial) => `${BACKEND_LABELS[trial.backend]} ${rate(trial)}`);
  const lead =
    rates.length === 0
      ? `${label} is the only one that works here.`
      : `${label} is the fastest here: ${rate(chosen)} replica-epochs a second, ${rates.join(', ')}.`;
  const untried = trials.filter((trial) => trial.failure === null && trial.replicaEpochsPerSecond === null);
  const left = untried.map((trial) => `${BACKEND_LABELS[trial.backend]} is only ${trial.adapter} and was left out.`);
  return [lead, ...left, failures(trials)].filter(Boolean).join(' ');
}
