/** @file Writes the description of a job into the kernel's memory. */
import { dropoutThreshold, dropsOut, unitBlocks } from '../../training/disturbance.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Layout } from '../../model/network.ts';
import { recordWords } from '../memory-record.ts';
import { ACTIVATION_KINDS, OBJECTIVE_KINDS, OPTIMIZER_KINDS } from './kinds.ts';
import type { Arena } from './memory.ts';
import { COEFFICIENTS, LAYER, PLAN, TILE } from './records.ts';

/** Pointers, and lengths in four-byte numbers. */
export interface KernelPlan {
  at: number;
  /** Length of a replica's parameters as the kernel holds them: rows filled up to vectors of four. */
  held: number;
  /** Room for an epoch's order; 0 where the points come as they are. */
  order: number;
  /** Room for steps of single points. */
  coefficients: { at: number; length: number };
}

export function writePlan(arena: Arena, experiment: Experiment, layout: Layout, size: number): KernelPlan {
  const { objective, training, loss } = experiment;
  const { layers, held } = writeLayers(arena, layout, experiment);
  const order = training.shuffle ? arena.take(size) : 0;
  const steps = size * recordWords(COEFFICIENTS);
  const coefficients = { at: arena.take(steps), length: steps };
  const widest = Math.max(...layout.layers.map(({ outputs }) => filled(outputs)));
  const plan = {
    layers,
    depth: layout.layers.length,
    bytes: 4 * held,
    objective: OBJECTIVE_KINDS[objective],
    factor: objective === 'squared-error' ? 2 : 1,
    delta: loss.huberDelta,
    share: 1 - loss.labelSmoothing,
    floor: loss.labelSmoothing / Math.max(2, layout.outputs),
    gamma: loss.focalGamma,
    optimizer: OPTIMIZER_KINDS[training.optimizer.name],
    l1: training.l1,
    l2: 2 * training.l2,
    clipValue: training.clipValue,
    clipNorm: training.clipNorm,
    maxNorm: training.maxNorm,
    inputNoise: training.inputNoise,
    seed: experiment.seed,
    unitBlocks: dropsOut(experiment) ? unitBlocks(layout).count : 0,
    size,
    gradient: arena.take(held),
    coefficients: coefficients.at,
    x: arena.take(TILE * layout.features),
    y: arena.take(TILE),
    shares: arena.take(TILE),
    draws: arena.take(TILE * filled(layout.features)),
    zeros: arena.take(widest),
    row: arena.take(widest),
    one: arena.putFloats(Float32Array.of(1)),
    // The kernel sets these for each epoch.
    ...{ epoch: 0, batch: 0, order: 0 },
  };
  const at = arena.putRecords(PLAN, [plan]);
  return { at, held, order, coefficients };
}

function writeLayers(arena: Arena, layout: Layout, { model }: Experiment): { layers: number; held: number } {
  const { starts } = unitBlocks(layout);
  let held = 0;
  const records = layout.layers.map(({ inputs, outputs, gains, activation }, l) => {
    const width = filled(outputs);
    const weights = 4 * held;
    held += (inputs + (gains === null ? 1 : 3)) * width;
    const values = arena.take(TILE * width);
    const last = l === layout.layers.length - 1;
    const slopes = last ? 0 : arena.take(TILE * width);
    const errors = last ? values : arena.take(TILE * width);
    const transposed = l === 0 ? 0 : arena.take(width * filled(inputs));
    const rate = last ? 0 : (model.dropout[l] ?? 0);
    return {
      inputs,
      outputs,
      vectors: width / 4,
      activation: ACTIVATION_KINDS[activation],
      ...{ weights, values, slopes, errors, transposed },
      factors: rate > 0 ? arena.take(TILE * width) : 0,
      block: last ? 0 : starts[l]!,
      threshold: dropoutThreshold(rate),
      kept: 1 / (1 - rate),
      standard: gains === null ? 0 : arena.take(TILE * width),
      scales: gains === null ? 0 : arena.take(TILE),
    };
  });
  return { layers: arena.putRecords(LAYER, records), held };
}

const filled = (width: number) => 4 * Math.ceil(width / 4);
