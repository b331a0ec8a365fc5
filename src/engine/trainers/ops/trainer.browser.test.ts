/** @file The tensor trainer on WebGPU, and on the WebAssembly of a browser. */
import { describe } from 'vitest';
import { openWasmOperations as openWasm } from '../../devices/tensorflow/wasm.ts';
import { openWebgpuOperations as openWebgpu } from '../../devices/tensorflow/webgpu.ts';
import { opsSuite } from './ops-suite.testing.ts';

const clock = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
};

describe.each([
  ['webgpu', () => openWebgpu(clock)],
  ['wasm', () => openWasm()],
])('%s', (_, open) => opsSuite(open, 6));
