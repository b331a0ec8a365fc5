/** @file The kernel's entries: training and evaluating one replica, and moving its parameters in and out. */
import { addNoise, drawFactors } from './disturbance';
import { errors } from './objectives';
import { backward, forward } from './network';
import { layerAt, Plan, Replica, rowsOf, TILE } from './plan';
import { step } from './step';

/** Memory from here on is free for the caller. */
export const free: usize = __heap_base;

export { activate } from './activations';
export { normals } from './normal';
export { shuffle } from './order';
export { wordRows } from './random';
export { limitNorms } from './regularisation';

/** Says what the epoch to come is: its number, the points of a whole minibatch, and their order or 0. */
export function startEpoch(plan: Plan, epoch: u32, batch: i32, order: usize): void {
  plan.epoch = epoch;
  plan.batch = batch;
  plan.order = order;
}

/** Sets a replica's factor on the learning rate. */
export function setRateFactor(replica: Replica, rateFactor: f32): void {
  replica.rateFactor = rateFactor;
}

/**
 * Trains on the points `from` to `until` of an epoch's order, whole tiles at a time, and takes the step of each
 * minibatch that ends on the way. Returns where it stopped: the point to go on from.
 */
export function train(plan: Plan, replica: Replica, from: i32, until: i32): i32 {
  const last = layerAt(plan, plan.depth - 1);
  const features = layerAt(plan, 0).inputs;
  const noisy = plan.inputNoise > 0;
  let at = from;
  while (at < until) {
    const place = at / plan.batch;
    const begin = place * plan.batch;
    const end = min(begin + plan.batch, plan.size);
    const rows = min(TILE, end - at);
    let x = replica.x + ((at * features) << 2);
    let y = replica.y + (at << 2);
    let shares: usize = replica.shares ? replica.shares + (at << 2) : 0;
    if (plan.order || noisy) {
      fetch(plan, replica, features, at, rows);
      x = plan.x;
      y = plan.y;
      if (shares) shares = plan.shares;
    }
    if (noisy) addNoise(plan, replica, features, at, rows);
    if (plan.unitBlocks) drawFactors(plan, replica, at, rows);
    forward(plan, replica.weights, x, rows, true);
    const scale = plan.factor / <f32>(end - begin);
    errors(plan, last, y, shares, rows, scale);
    backward(plan, replica.weights, x, rows, at == begin);
    at += rows;
    if (at == end) step(plan, replica, place);
  }
  return at;
}

/** Copies the next points of the epoch's order to where a tile finds them. */
function fetch(plan: Plan, replica: Replica, features: i32, at: i32, rows: i32): void {
  let x = plan.x;
  for (let row = 0; row < rows; row++) {
    const point = plan.order ? load<i32>(plan.order + ((at + row) << 2)) : at + row;
    store<f32>(plan.y + (row << 2), load<f32>(replica.y + (point << 2)));
    if (replica.shares) store<f32>(plan.shares + (row << 2), load<f32>(replica.shares + (point << 2)));
    let from = replica.x + ((point * features) << 2);
    for (let i = 0; i < features; i++, from += 4, x += 4) store<f32>(x, load<f32>(from));
  }
}

/** Writes the last linear outputs `[size, K]` at the points x `[size, features]`. */
export function evaluate(plan: Plan, weights: usize, x: usize, size: i32, outputs: usize): void {
  const last = layerAt(plan, plan.depth - 1);
  for (let at = 0; at < size; at += TILE) {
    const rows = min(TILE, size - at);
    forward(plan, weights, x + ((at * layerAt(plan, 0).inputs) << 2), rows, false);
    let from = last.values;
    for (let row = 0; row < rows; row++, from += last.vectors << 4) {
      for (let k = 0; k < last.outputs; k++, outputs += 4) store<f32>(outputs, load<f32>(from + (k << 2)));
    }
  }
}

/** Parameters as the kernel holds them → flat, as `Layout` has them; writes up to three numbers beyond the end. */
export function pack(plan: Plan, held: usize, flat: usize): void {
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    let from = held + layer.weights;
    for (let i = rowsOf(layer); i > 0; i--, flat += layer.outputs << 2) {
      const row: usize = layer.vectors << 4;
      for (let n: usize = 0; n < row; n += 16, from += 16) v128.store(flat + n, v128.load(from));
    }
  }
}

/** The way back; what is beyond a row's outputs becomes 0, whatever a replica gone to NaN has left there. */
export function unpack(plan: Plan, flat: usize, held: usize): void {
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    let to = held + layer.weights;
    const row: usize = layer.vectors << 4;
    for (let i = rowsOf(layer); i > 0; i--, to += row) {
      v128.store(to + row - 16, i32x4.splat(0));
      for (let k = 0; k < layer.outputs; k++, flat += 4) store<f32>(to + (k << 2), load<f32>(flat));
    }
  }
}
