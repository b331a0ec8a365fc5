/** @file The trainers that are compared, ours first. */
export const CONTENDERS = [
  'fused webgpu',
  'fused wasm',
  'tfjs webgpu',
  'tfjs wasm',
  'tfjs cpu',
  'jax-js webgpu',
  'jax-js wasm',
] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** What this project adds to what there was. */
export const OWN: readonly ContenderName[] = ['fused webgpu', 'fused wasm'];
