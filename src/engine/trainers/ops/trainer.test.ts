/** @file The tensor trainer on the two backends that Node has. */
import { describe } from 'vitest';
import { openCpuOperations as openCpu } from '../../devices/tensorflow/cpu.ts';
import { openWasmOperations as openWasm } from '../../devices/tensorflow/wasm.ts';
import { opsSuite } from './ops-suite.testing.ts';

describe.each([
  ['cpu', openCpu],
  ['wasm', openWasm],
])('%s', (_, open) => opsSuite(open, 40));
