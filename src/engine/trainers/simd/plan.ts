/** @file Writes down in the kernel's memory what it is to compute; the fields are those of kernel/plan.as. */
import { dropoutThreshold, dropsOut, unitBlocks } from '../../training/disturbance.ts';
import { ACTIVATIONS, type Experiment } from '../../experiment/experiment.ts';
import type { Layout } from '../../model/network.ts';
import { OBJECTIVES } from '../../model/objectives.ts';
import { OPTIMIZERS } from '../../training/optimizers.ts';
import { COEFFICIENTS } from './coefficients.ts';
import type { Arena } from './memory.ts';

/** TILE of kernel/plan.as. */
const TILE = 32;

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
  const coefficients = { at: arena.take(size * COEFFICIENTS), length: size * COEFFICIENTS };
  const widest = Math.max(...layout.layers.map(({ outputs }) => filled(outputs)));
  const at = arena.putIntegers([
    layers,
    layout.layers.length,
    4 * held,
    Object.keys(OBJECTIVES).indexOf(objective),
    bitsOf(objective === 'squared-error' ? 2 : 1),
    bitsOf(loss.huberDelta),
    bitsOf(1 - loss.labelSmoothing),
    bitsOf(loss.labelSmoothing / Math.max(2, layout.outputs)),
    bitsOf(loss.focalGamma),
    Object.keys(OPTIMIZERS).indexOf(training.optimizer.name),
    bitsOf(training.l1),
    bitsOf(2 * training.l2),
    bitsOf(training.clipValue),
    bitsOf(training.clipNorm),
    bitsOf(training.maxNorm),
    bitsOf(training.inputNoise),
    experiment.seed,
    dropsOut(experiment) ? unitBlocks(layout).count : 0,
    size,
    arena.take(held),
    coefficients.at,
    arena.take(TILE * layout.features),
    arena.take(TILE),
    arena.take(TILE),
    arena.take(TILE * filled(layout.features)),
    arena.take(widest),
    arena.take(widest),
    arena.putFloats(Float32Array.of(1)),
    // Set for each epoch.
    ...[0, 0, 0],
  ]);
  return { at, held, order, coefficients };
}

function writeLayers(arena: Arena, layout: Layout, { model }: Experiment): { layers: number; held: number } {
  const { starts } = unitBlocks(layout);
  let held = 0;
  const fields = layout.layers.flatMap(({ inputs, outputs, gains, activation }, l) => {
    const width = filled(outputs);
    const weights = 4 * held;
    held += (inputs + (gains === null ? 1 : 3)) * width;
    const values = arena.take(TILE * width);
    const last = l === layout.layers.length - 1;
    const slopes = last ? 0 : arena.take(TILE * width);
    const errors = last ? values : arena.take(TILE * width);
    const transposed = l === 0 ? 0 : arena.take(width * filled(inputs));
    const rate = last ? 0 : (model.dropout[l] ?? 0);
    const drops = [
      rate > 0 ? arena.take(TILE * width) : 0,
      last ? 0 : starts[l]!,
      dropoutThreshold(rate),
      bitsOf(1 / (1 - rate)),
    ];
    const norm = gains === null ? [0, 0] : [arena.take(TILE * width), arena.take(TILE)];
    const kind = ACTIVATIONS.indexOf(activation);
    return [inputs, outputs, width / 4, kind, weights, values, slopes, errors, transposed, ...drops, ...norm];
  });
  return { layers: arena.putIntegers(fields), held };
}

const filled = (width: number) => 4 * Math.ceil(width / 4);

/** A float32 as the integer that lies in memory. */
function bitsOf(x: number): number {
  return new Int32Array(Float32Array.of(x).buffer)[0]!;
}
