/** @file The functions that the kernel exports, typed; pointers are offsets in bytes. */

export interface Kernel {
  /** Memory from here on is the caller's. */
  free: WebAssembly.Global<'i32'>;
  startEpoch(plan: number, epoch: number, batch: number, order: number): void;
  setRateFactor(replica: number, rateFactor: number): void;
  train(plan: number, replica: number, from: number, until: number): number;
  evaluate(plan: number, weights: number, x: number, size: number, outputs: number): void;
  pack(plan: number, held: number, flat: number): void;
  unpack(plan: number, flat: number, held: number): void;
  activate(kind: number, z: number, slopes: number, vectors: number): void;
  normals(words: number, vectors: number): void;
  limitNorms(plan: number, weights: number, most: number): void;
  shuffle(order: number, size: number, seed: number, purpose: number, replica: number, epoch: number): void;
  wordRows(
    to: number,
    rows: number,
    width: number,
    first: number,
    stride: number,
    epoch: number,
    replica: number,
    purpose: number,
    seed: number,
  ): void;
}

export function startKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel;
}
