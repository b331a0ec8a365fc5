/** @file Chooses the device: opens each backend, tests it, times it on the experiment, and says which and why. */
import { calibrate } from './backend/calibrate.ts';
import { within, type Clock } from './clock.ts';
import type { BackendTrial, DeviceReport } from './protocol.ts';
import { BACKENDS, type BackendName, type Job, type Trainer } from './trainer.ts';
import type { OpsDevice } from './trainers/ops/device.ts';

const OPEN_MS = 15_000;
const TEST_MS = 20_000;

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
  readonly #failures = new Map<BackendName, string>();

  constructor(private readonly clock: Clock) {}

  /**
   * A trainer at the experiment's start on the wanted backend, or on the fastest of those that pass; `told` hears each
   * step in words. Throws if no backend can run the experiment.
   */
  async choose(job: Job, wanted: BackendName | 'auto', told: (step: string) => void): Promise<Chosen> {
    const trials: BackendTrial[] = [];
    if (wanted !== 'auto') trials.push(await this.#try(wanted, job, told));
    if (trials[0]?.failure !== null) {
      for (const name of BACKENDS) if (name !== wanted) trials.push(await this.#try(name, job, told));
    }
    const passed = trials.filter((trial) => trial.failure === null);
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

  async #try(backend: BackendName, job: Job, told: (step: string) => void): Promise<BackendTrial> {
    let device: OpsDevice | undefined;
    let failure = this.#failures.get(backend) ?? null;
    let replicaEpochsPerSecond: number | null = null;
    if (failure === null) {
      try {
        told(`testing ${BACKEND_LABELS[backend]}`);
        device = await this.#tested(backend);
        told(`timing ${BACKEND_LABELS[backend]}`);
        const trainer = await createTrainer(job, device);
        try {
          replicaEpochsPerSecond = await calibrate(trainer, job, this.clock);
        } finally {
          trainer.dispose();
        }
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
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

  /** Opens and tests a backend once; what fails then is not tried again in this thread. */
  async #tested(backend: BackendName): Promise<OpsDevice> {
    const known = this.#devices.has(backend);
    try {
      const device = await this.#open(backend);
      if (!known) {
        const { selfTest } = await import('./backend/self-test.ts');
        await within(this.clock, TEST_MS, selfTest(device), `its self-test took more than ${TEST_MS / 1000} s`);
      }
      return device;
    } catch (error) {
      this.#devices.delete(backend);
      this.#failures.set(backend, error instanceof Error ? error.message : String(error));
      throw error;
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
    const device = await within(this.clock, OPEN_MS, OPENERS[backend](this.clock), late);
    this.#devices.set(backend, device);
    // A lost device is opened afresh the next time.
    void device.lost.then(() => this.#devices.delete(backend));
    return device;
  }
}

async function createTrainer(job: Job, device: OpsDevice): Promise<Trainer> {
  const { OpsTrainer } = await import('./trainers/ops/trainer.ts');
  return new OpsTrainer(job, device);
}

/** Trials that passed were timed. */
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
  const failed = failures(trials);
  const others = passed
    .filter((trial) => trial !== chosen)
    .map((trial) => `${BACKEND_LABELS[trial.backend]} ${Math.round(speed(trial))}`);
  const lead =
    others.length === 0
      ? `${label} is the only one that works here`
      : `${label} is the fastest here: ${Math.round(speed(chosen))} replica-epochs a second, ${others.join(', ')}`;
  return failed ? `${lead}. ${failed}` : `${lead}.`;
}
