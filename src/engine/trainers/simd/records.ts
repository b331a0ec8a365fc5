/** @file The records that the kernel reads from memory: the fields of its classes in kernel/plan.as, which says more. */

/** A layer of the network. */
export const LAYER = {
  inputs: 'u32',
  outputs: 'u32',
  vectors: 'u32',
  activation: 'u32',
  weights: 'u32',
  values: 'u32',
  slopes: 'u32',
  errors: 'u32',
  transposed: 'u32',
  factors: 'u32',
  block: 'u32',
  threshold: 'u32',
  kept: 'f32',
  standard: 'u32',
  scales: 'u32',
} as const;

/** What is the same for all replicas. */
export const PLAN = {
  layers: 'u32',
  depth: 'u32',
  bytes: 'u32',
  objective: 'u32',
  factor: 'f32',
  delta: 'f32',
  share: 'f32',
  floor: 'f32',
  gamma: 'f32',
  optimizer: 'u32',
  l1: 'f32',
  l2: 'f32',
  clipValue: 'f32',
  clipNorm: 'f32',
  maxNorm: 'f32',
  inputNoise: 'f32',
  seed: 'u32',
  unitBlocks: 'u32',
  size: 'u32',
  gradient: 'u32',
  coefficients: 'u32',
  x: 'u32',
  y: 'u32',
  shares: 'u32',
  draws: 'u32',
  zeros: 'u32',
  row: 'u32',
  one: 'u32',
  epoch: 'u32',
  batch: 'u32',
  order: 'u32',
} as const;

/** What each replica has of its own. */
export const REPLICA = {
  weights: 'u32',
  slots: 'u32',
  x: 'u32',
  y: 'u32',
  shares: 'u32',
  number: 'u32',
  rateFactor: 'f32',
} as const;

/** What a step of the optimizer needs. */
export const COEFFICIENTS = {
  rate: 'f32',
  decay: 'f32',
  share1: 'f32',
  share2: 'f32',
  correction: 'f32',
  epsilon: 'f32',
  ahead: 'f32',
  here: 'f32',
} as const;

/** Points that go through the network together. */
export const TILE = 32;
