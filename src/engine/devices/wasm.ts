/** @file The device for WebAssembly on the processor: our own kernel on every core, or TensorFlow.js on one. */
import { loadCode } from '../load-code.ts';
import type { WorkerPool } from '../trainers/simd/worker-pool.ts';
import { NEVER, type Device, type TrainerFactory } from './device.ts';
import { operations } from './operations.ts';

export function openWasm(): Promise<Device> {
  return Promise.resolve({
    adapter: 'WebAssembly SIMD',
    software: false,
    lost: NEVER,
    factories: [
      fused(),
      operations(async () => (await loadCode(() => import('./tensorflow/wasm.ts'))).openWasmOperations()),
    ],
  });
}

function fused(): TrainerFactory {
  let opening: Promise<WorkerPool> | null = null;
  return {
    kind: 'fused',
    refusal: () => null,
    async create(job) {
      const [{ SimdTrainer }, { openWorkerPool }] = await loadCode(() =>
        Promise.all([import('../trainers/simd/trainer.ts'), import('../trainers/simd/worker-pool.ts')]),
      );
      return new SimdTrainer(job, await (opening ??= openWorkerPool()));
    },
  };
}
