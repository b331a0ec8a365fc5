/** @file The tests of the engine in a browser mean nothing without WebGPU: a missing adapter fails, it never skips. */
import { expect, it } from 'vitest';

it('the browser has WebGPU and an adapter', async () => {
  expect(navigator.gpu, 'navigator.gpu is missing: use a Chrome, Chromium or Edge with WebGPU').toBeDefined();
  const adapter = await navigator.gpu.requestAdapter();
  expect(adapter, 'no WebGPU adapter: set PATIENCE_ADAPTER=swiftshader for the software one').not.toBeNull();
  const device = await adapter?.requestDevice();
  expect(device?.limits.maxComputeWorkgroupSizeX).toBeGreaterThanOrEqual(256);
  device?.destroy();
});
