/** @file Compiles the kernel's module once; the workers are sent the compiled module and only start it. */
import bytes from './kernel/index.as';

export function compileKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes);
}
