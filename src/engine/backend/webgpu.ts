/** @file Opens the WebGPU backend on a device of our own, with the adapter's limits and an ear for its loss. */
import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Clock } from '../clock.ts';
import type { OpsDevice } from '../trainers/ops/device.ts';

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** The packed product for every shape: isolated at multiples of 32, no atomics, so that runs repeat bit by bit. */
const PACKED_PRODUCT = 3;

export async function open(clock: Clock): Promise<OpsDevice> {
  if (!('navigator' in globalThis && 'gpu' in navigator)) throw new Error('there is no WebGPU here');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is WebGPU here but no adapter for it');
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });

  tf.env().set('WEBGPU_CPU_FORWARD', false);
  tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', PACKED_PRODUCT);
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js could not use the WebGPU device');

  return {
    name: 'webgpu',
    ...nameOf(adapter.info),
    multiple: 32,
    evaluated: 2 ** 24,
    pace: pacer(clock, () => device.queue.onSubmittedWorkDone()),
    lost: lossOf(device),
  };
}

function nameOf({ vendor, architecture, description, device }: GPUAdapterInfo): { adapter: string; software: boolean } {
  const all = `${vendor} ${architecture} ${description} ${device}`.toLowerCase();
  if (all.includes('swiftshader')) return { adapter: 'SwiftShader (software)', software: true };
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const software = /llvmpipe|lavapipe|basic render|warp/.test(all);
  return { adapter: software ? `${name} (software)` : name, software };
}

function lossOf(device: GPUDevice): Promise<string> {
  const remedy = 'Press Train to begin again, or choose another backend.';
  return new Promise((resolve) => {
    void device.lost.then(({ message }) =>
      resolve(`The graphics device was lost${message ? ` (${message})` : ''}. ${remedy}`),
    );
    device.addEventListener('uncapturederror', ({ error }) =>
      resolve(`The graphics device failed: ${error.message}. ${remedy}`),
    );
  });
}

/** Time between two waits for the device: short enough that pausing and painting are not kept waiting. */
const INTERVAL_MS = 40;

/** Waits for the device every few steps, as many as keep the interval. */
function pacer(clock: Clock, drained: () => Promise<undefined>): () => Promise<void> {
  let steps = 0;
  let between = 1;
  let last = clock.now();
  return async () => {
    if (++steps < between) return;
    await drained();
    const spent = clock.now() - last;
    if (spent > INTERVAL_MS) between = Math.max(1, Math.floor(between / 2));
    else if (spent < INTERVAL_MS / 2) between *= 2;
    steps = 0;
    last = clock.now();
  };
}
