/** @file Opens each trainer's device once, in a worker of its own, and makes a trainer for every case. */
import type { Clock } from '../../src/engine/clock.ts';
import type { Device, TrainerKind } from '../../src/engine/devices/device.ts';
import type { Job, Trainer } from '../../src/engine/trainers/trainer.ts';
import type { ContenderName } from '../contenders.ts';

export type Contestant = Pick<Trainer, 'advance' | 'dispose'> & {
  /** Resolves when nothing is left to do on the device. */
  settle(): Promise<unknown>;
};

export interface Open {
  create(job: Job): Promise<Contestant>;
}

const clock: Clock = { now: () => performance.now(), after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
const webgpu = async () => (await import('../../src/engine/devices/webgpu.ts')).openWebgpu(clock);
const wasm = async () => (await import('../../src/engine/devices/wasm.ts')).openWasm();
const cpu = async () => (await import('../../src/engine/devices/cpu.ts')).openCpu();

async function ours(opening: Promise<Device>, kind: TrainerKind): Promise<Open> {
  const { factories } = await opening;
  const factory = factories.find((one) => one.kind === kind);
  if (!factory) throw new Error(`no ${kind} trainer here`);
  return {
    async create(job) {
      const refusal = factory.refusal(job);
      if (refusal !== null) throw new Error(refusal);
      const trainer = await factory.create(job);
      return {
        advance: (epochs, gate) => trainer.advance(epochs, gate),
        // What a snapshot reads back comes after all that was sent to the device before.
        settle: () => trainer.snapshot(),
        dispose: () => trainer.dispose(),
      };
    },
  };
}

async function jax(device: 'webgpu' | 'wasm'): Promise<Open> {
  const { JaxTrainer, openJax } = await import('./jax.ts');
  await openJax(device);
  return { create: async (job) => new JaxTrainer(job) };
}

export const OPENERS: Readonly<Record<ContenderName, () => Promise<Open>>> = {
  'fused webgpu': () => ours(webgpu(), 'fused'),
  'fused wasm': () => ours(wasm(), 'fused'),
  'tfjs webgpu': () => ours(webgpu(), 'operations'),
  'tfjs wasm': () => ours(wasm(), 'operations'),
  'tfjs cpu': () => ours(cpu(), 'operations'),
  'jax-js webgpu': () => jax('webgpu'),
  'jax-js wasm': () => jax('wasm'),
};
