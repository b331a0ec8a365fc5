/** @file The kernel's module: compiled in one thread, and sent from there to those who start it. */
import bytes from './kernel/index.as';

export function compileKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(bytes);
}
