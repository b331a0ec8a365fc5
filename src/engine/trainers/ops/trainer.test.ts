/** @file The tensor trainer on the two backends that Node has. */
import { beforeAll, describe } from 'vitest';
import { open as openCpu } from '../../backend/cpu.ts';
import { open as openWasm } from '../../backend/wasm.ts';
import type { OpsDevice } from './device.ts';
import { trainerSuite } from './suite.ts';

describe.each([
  ['cpu', openCpu],
  ['wasm', openWasm],
])('%s', (_, open) => {
  let device: OpsDevice;
  beforeAll(async () => {
    device = await open();
  });
  trainerSuite(() => device, 40);
});
