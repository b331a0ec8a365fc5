/** @file Makes a TensorFlow.js backend that is already open the active one again. */
import { setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../trainers/trainer.ts';

export async function activate(name: BackendName): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`TensorFlow.js could not go back to ${name}`);
}
