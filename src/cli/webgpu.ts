/** @file Gives Node a `navigator.gpu` through Dawn, the implementation of Chrome. */

/** Throws if this machine has no adapter that Dawn can use. The process then has to be ended by `process.exit`. */
export async function provideWebGPU(): Promise<void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (!(await gpu.requestAdapter())) {
    throw new Error(
      '--backend webgpu: there is no graphics adapter on this machine; install a Vulkan driver, or use --backend wasm',
    );
  }
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}
