/** @file The tensor trainer on the two backends that Node has. */
import { describe } from 'vitest';
import { open as openCpu } from '../../backend/cpu.ts';
import { open as openWasm } from '../../backend/wasm.ts';
import { opsSuite } from './suite.ts';

describe.each([
  ['cpu', openCpu],
  ['wasm', openWasm],
])('%s', (_, open) => opsSuite(open, 40));
