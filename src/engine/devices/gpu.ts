/** @file Opens a WebGPU device of our own with the adapter's limits, and reports when it is lost. */

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;

export interface Gpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** For people, e.g. `SwiftShader (software)`. */
  readonly adapter: string;
  /** Whether a processor plays the graphics device. */
  readonly software: boolean;
  /** Resolves, with what to tell the reader, if the device is lost. */
  readonly lost: Promise<string>;
}

/** Throws, in words for the reader, where there is no WebGPU. */
export async function openGpu(): Promise<Gpu> {
  if (!('navigator' in globalThis && 'gpu' in navigator)) throw new Error('there is no WebGPU here');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('there is WebGPU here but no adapter for it');
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const name = nameOf(adapter.info);
  // Where a processor plays the device, invocations that hand each other what they read are faster.
  const requiredFeatures: GPUFeatureName[] = name.software && adapter.features.has('subgroups') ? ['subgroups'] : [];
  const device = await adapter.requestDevice({ requiredLimits, requiredFeatures });
  return { device, info: adapter.info, ...name, lost: lossOf(device) };
}

function nameOf({ vendor, architecture, description, device }: GPUAdapterInfo): { adapter: string; software: boolean } {
  const all = `${vendor} ${architecture} ${description} ${device}`.toLowerCase();
  if (all.includes('swiftshader')) return { adapter: 'SwiftShader (software)', software: true };
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const software = /llvmpipe|lavapipe|basic render|warp/.test(all);
  return { adapter: software ? `${name} (software)` : name, software };
}

function lossOf(device: GPUDevice): Promise<string> {
  return new Promise((resolve) => {
    void device.lost.then(({ message }) => resolve(`The graphics device was lost${message ? ` (${message})` : ''}.`));
    device.addEventListener('uncapturederror', ({ error }) => resolve(`The graphics device failed: ${error.message}.`));
  });
}
