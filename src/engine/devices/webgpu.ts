/** @file The device for WebGPU: our own kernels, or the operations of TensorFlow.js on the same GPU device. */
import { openGpu, type Gpu } from './gpu.ts';
import type { Clock } from '../clock.ts';
import { loadCode } from '../load-code.ts';
import { fusedRefusal } from '../trainers/fused/plan.ts';
import type { Device, TrainerFactory } from './device.ts';
import { operations } from './operations.ts';

/** Throws, in words for the reader, where there is no WebGPU. */
export async function openWebgpu(clock: Clock): Promise<Device> {
  const gpu = await openGpu();
  const { adapter, software, lost } = gpu;
  return {
    adapter,
    software,
    lost,
    factories: [
      fused(gpu, clock),
      operations(async () => (await loadCode(() => import('./tensorflow/webgpu.ts'))).openWebgpuOperations(clock, gpu)),
    ],
  };
}

function fused(gpu: Gpu, clock: Clock): TrainerFactory {
  return {
    kind: 'fused',
    refusal: (job) => fusedRefusal(job, { software: gpu.software, limits: gpu.device.limits }),
    create: async (job) => {
      const { FusedTrainer } = await loadCode(() => import('../trainers/fused/trainer.ts'));
      return FusedTrainer.create(job, { ...gpu, clock });
    },
  };
}
