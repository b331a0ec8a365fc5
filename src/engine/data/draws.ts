/** @file Which training set, validation set and seed each replica has: one of its own, or one it shares with some others. */
import type { Experiment } from '../experiment/experiment.ts';

/** `[R]` each; equal numbers are the same draw. A seed stands for initial weights and order. */
export interface Draws {
  data: Int32Array;
  validation: Int32Array;
  seeds: Int32Array;
}

/** A replica's further validation sets come after the first ones of all replicas, which they leave as they are. */
const FURTHER = 256;

/** The training set that a validation set belongs to, and which of its validation sets it is, from 0. */
export const setOfValidation = (validation: number): number => validation % FURTHER;
export const furtherOf = (validation: number): number => Math.floor(validation / FURTHER);

type Shared = Pick<Experiment, 'replicas'>;

/**
 * Of one replica. Those with the same training set follow one another, and of these those with the same seed as well,
 * which differ in the validation set alone: replica ((d · S + s) · V + v) has training set d, seed s and validation set v
 * of that training set, S seeds meeting every training set.
 */
export function drawOf({ replicas }: Shared, replica: number) {
  const { seeds, validations, redraw } = replicas;
  const training = Math.floor(replica / validations);
  const data = redraw.data ? Math.floor(training / seeds) : 0;
  return { data, validation: data + FURTHER * (replica % validations), seed: seeds > 1 ? training % seeds : training };
}

/** The number that a replica's initial weights are drawn by, and that its order and disturbances are. */
export const weightsDraw = (experiment: Shared, replica: number): number =>
  experiment.replicas.redraw.weights ? drawOf(experiment, replica).seed : 0;
export const orderDraw = (experiment: Shared, replica: number): number =>
  experiment.replicas.redraw.order ? drawOf(experiment, replica).seed : 0;

/** Of all replicas; null where each has its own, or what is held is held for all. */
export function drawsOf(experiment: Shared): Draws | null {
  const { count, seeds, validations, redraw } = experiment.replicas;
  if (seeds === 1 && validations === 1) return null;
  const all = Array.from({ length: count }, (_, r) => drawOf(experiment, r));
  const seeded = redraw.weights || redraw.order;
  return {
    data: Int32Array.from(all, ({ data }) => data),
    validation: Int32Array.from(all, ({ validation }) => validation),
    seeds: Int32Array.from(all, ({ seed }) => (seeded ? seed : 0)),
  };
}
