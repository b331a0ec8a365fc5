/** @file Writes down in the kernel's memory what it is to compute; the fields are those of kernel/plan.as. */
import { batchSizeOf, stepsPerEpoch } from '../../batches.ts';
import { ACTIVATIONS, type Experiment } from '../../experiment.ts';
import type { Layout } from '../../network.ts';
import { OBJECTIVE_MATH, OBJECTIVES } from '../../objectives.ts';
import { OPTIMIZERS } from '../../optimizers.ts';
import { COEFFICIENTS } from './coefficients.ts';
import type { Arena } from './memory.ts';

/** TILE of kernel/plan.as. */
const TILE = 32;

/** Pointers, and lengths in four-byte numbers. */
export interface Plan {
  at: number;
  /** Length of a replica's parameters as the kernel holds them: rows filled up to vectors of four. */
  held: number;
  steps: number;
  /** 0 where the points come as they are. */
  order: number;
  coefficients: { at: number; length: number };
}

export function writePlan(arena: Arena, experiment: Experiment, layout: Layout, size: number): Plan {
  const { objective, training } = experiment;
  const batch = batchSizeOf(experiment, size);
  const steps = stepsPerEpoch(experiment, size);
  const { layers, held } = writeLayers(arena, layout);
  // A full batch has the same gradient in any order.
  const order = training.shuffle && steps > 1 ? arena.take(size) : 0;
  const coefficients = { at: arena.take(steps * COEFFICIENTS), length: steps * COEFFICIENTS };
  const widest = Math.max(...layout.layers.map(({ outputs }) => filled(outputs)));
  const at = arena.putIntegers([
    layers,
    layout.layers.length,
    4 * held,
    Object.keys(OBJECTIVES).indexOf(objective),
    Object.keys(OPTIMIZERS).indexOf(training.optimizer.name),
    bitsOf(2 * training.l2),
    bitsOf(OBJECTIVE_MATH[objective].factor),
    size,
    batch,
    arena.take(held),
    order,
    coefficients.at,
    arena.take(TILE * layout.features),
    arena.take(TILE),
    arena.take(widest),
    arena.putFloats(Float32Array.of(1)),
  ]);
  return { at, held, steps, order, coefficients };
}

function writeLayers(arena: Arena, { layers }: Layout): { layers: number; held: number } {
  let held = 0;
  const fields = layers.flatMap(({ inputs, outputs, activation }, l) => {
    const width = filled(outputs);
    const weights = 4 * held;
    held += (inputs + 1) * width;
    const values = arena.take(TILE * width);
    const last = l === layers.length - 1;
    const slopes = last ? 0 : arena.take(TILE * width);
    const errors = last ? values : arena.take(TILE * width);
    const transposed = l === 0 ? 0 : arena.take(width * filled(inputs));
    return [inputs, outputs, width / 4, ACTIVATIONS.indexOf(activation), weights, values, slopes, errors, transposed];
  });
  return { layers: arena.putIntegers(fields), held };
}

const filled = (width: number) => 4 * Math.ceil(width / 4);

/** A float32 as the integer that lies in memory. */
function bitsOf(x: number): number {
  return new Int32Array(Float32Array.of(x).buffer)[0]!;
}
