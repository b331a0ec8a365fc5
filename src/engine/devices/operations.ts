/** @file The trainer factory for TensorFlow.js operations, which can train everything; loaded when first needed. */
import { loadCode } from '../load-code.ts';
import type { Trainer } from '../trainers/trainer.ts';
import type { OpsDevice } from '../trainers/ops/device.ts';
import type { TrainerFactory } from './device.ts';

/** `open` makes the TensorFlow.js backend ready. Tensors of only one backend may be alive at a time. */
export function operations(open: () => Promise<OpsDevice>): TrainerFactory {
  let opening: Promise<OpsDevice> | null = null;
  return {
    kind: 'operations',
    refusal: () => null,
    async create(job): Promise<Trainer> {
      const [{ activate }, { OpsTrainer }] = await loadCode(() =>
        Promise.all([import('./tensorflow/activate.ts'), import('../trainers/ops/trainer.ts')]),
      );
      const device = await (opening ??= tested(open).catch((error: unknown) => {
        opening = null;
        throw error;
      }));
      await activate(device.name);
      return new OpsTrainer(job, device);
    },
  };
}

async function tested(open: () => Promise<OpsDevice>): Promise<OpsDevice> {
  const device = await open();
  const { testProducts } = await loadCode(() => import('./tensorflow/products.ts'));
  await testProducts();
  return device;
}
