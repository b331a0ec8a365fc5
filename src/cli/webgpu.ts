/** @file Gives Node a `navigator.gpu` through Dawn, the implementation of Chrome. */

/**
 * Resolves to the way to take it back, without which the process would not end. Throws if this machine has no adapter
 * that Dawn can use.
 */
export async function provideWebGPU(): Promise<() => void> {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (!(await gpu.requestAdapter())) {
    throw new Error(
      '--backend webgpu: there is no graphics adapter on this machine; install a Vulkan driver, or use --backend wasm',
    );
  }
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  return () => {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  };
}
