/** @file The device for plain JavaScript on the processor, which works everywhere. */
import { loadCode } from '../load-code.ts';
import { NEVER, type Device } from './device.ts';
import { operations } from './operations.ts';

export function openCpu(): Promise<Device> {
  return Promise.resolve({
    adapter: 'JavaScript',
    software: false,
    lost: NEVER,
    factories: [operations(async () => (await loadCode(() => import('./tensorflow/cpu.ts'))).openCpuOperations())],
  });
}
