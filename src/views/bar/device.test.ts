/** @file The words about the device. */
import { describe, expect, it } from 'vitest';
import type { BackendTrial } from '../../engine/protocol.ts';
import { deviceLine } from './device.ts';

const trial = (over: Partial<BackendTrial>): BackendTrial => ({
  backend: 'webgpu',
  adapter: 'Apple M2',
  software: false,
  kind: 'fused',
  aside: null,
  failure: null,
  replicaEpochsPerSecond: 2400,
  ...over,
});
const report = (chosen: BackendTrial, ...others: BackendTrial[]) => ({
  chosen,
  trials: [chosen, ...others],
  reason: '',
});

describe('deviceLine', () => {
  it('names adapter and speed of WebGPU, and fills the dot only for hardware', () => {
    expect(deviceLine(report(trial({})), null)).toEqual({
      text: 'WebGPU, Apple M2, 2,400 replica-epochs/s',
      hardware: true,
    });
    const software = trial({ adapter: 'SwiftShader (software)', software: true });
    expect(deviceLine(report(software), 310)).toEqual({
      text: 'WebGPU, SwiftShader (software), 310 replica-epochs/s',
      hardware: false,
    });
  });

  it('says that a fallback is one, but not where the fallback was merely faster', () => {
    const wasm = trial({ backend: 'wasm', adapter: 'SIMD', replicaEpochsPerSecond: null });
    expect(deviceLine(report(wasm, trial({ failure: 'no adapter' })), null).text).toBe('WASM (no WebGPU)');
    expect(deviceLine(report(wasm, trial({})), 900).text).toBe('WASM, 900 replica-epochs/s');
  });
});
