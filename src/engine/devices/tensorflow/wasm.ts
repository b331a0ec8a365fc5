/** @file Opens TensorFlow.js's WebAssembly backend, with one thread. */
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { OpsDevice } from '../../trainers/ops/device.ts';
import { wasmFiles } from './wasm-files.ts';

export async function openWasmOperations(): Promise<OpsDevice> {
  const { simd, plain } = await wasmFiles();
  // Threads do not pay for such small products, and their bootstrap does not survive minification.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': simd,
  });
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start');
  vectoriseTanh();
  const vectors = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  return {
    name: 'wasm',
    adapter: vectors ? 'WebAssembly SIMD' : 'WebAssembly',
    software: false,
    multiple: 1,
    evaluated: 2 ** 20,
    throttle: () => Promise.resolve(),
    lost: new Promise(() => {}),
  };
}

/** tanh x = 2σ(2x) − 1: the backend's own tanh is computed number by number, its sigmoid in vectors, ten times as fast. */
function vectoriseTanh(): void {
  tf.unregisterKernel('Tanh', 'wasm');
  tf.registerKernel({
    kernelName: 'Tanh',
    backendName: 'wasm',
    kernelFunc: ({ inputs }) => tf.tidy(() => tf.sub(tf.mul(tf.sigmoid(tf.mul(inputs.x as tf.Tensor, 2)), 2), 1)),
  });
}
