/** @file One network at a tile of points: the forward pass, and the gradient by backpropagation. */
import { activate } from './activations';
import { normalise, normaliseBack } from './layer-norm';
import { mul } from './math';
import { matmul } from './matmul';
import { layerAt, Layer, Plan } from './plan';

/**
 * Leaves the values of each layer at points x `[rows, features]`, and its slopes where they are wanted: in training, when
 * units may be left out.
 */
export function forward(plan: Plan, weights: usize, x: usize, rows: i32, slopes: bool): void {
  let input = x;
  let stride: usize = layerAt(plan, 0).inputs << 2;
  for (let l = 0; l < plan.depth; l++) {
    const layer = layerAt(plan, l);
    const w = weights + layer.weights;
    const row: usize = layer.vectors << 4;
    const biases = w + layer.inputs * row;
    matmul(layer.values, row, biases, 0, input, stride, 4, w, row, rows, layer.inputs, layer.vectors);
    if (l < plan.depth - 1) {
      if (layer.standard) normalise(layer, weights, rows);
      const vectors = rows * layer.vectors;
      activate(layer.activation, layer.values, slopes ? layer.slopes : 0, vectors);
      if (slopes && layer.factors) {
        multiply(layer.values, layer.factors, vectors);
        multiply(layer.slopes, layer.factors, vectors);
      }
    }
    input = layer.values;
    stride = row;
  }
}

/**
 * Adds the gradient of a tile to that of its minibatch, or begins it where the tile is the first. Needs the forward
 * pass with slopes, and the last layer's errors in the place of its values.
 */
export function backward(plan: Plan, weights: usize, x: usize, rows: i32, first: bool): void {
  for (let l = plan.depth - 1; l >= 0; l--) {
    const layer = layerAt(plan, l);
    const row: usize = layer.vectors << 4;
    const errors = layer.errors;
    let input = x;
    let stride: usize = layer.inputs << 2;
    if (l > 0) {
      const below = layerAt(plan, l - 1);
      input = below.values;
      stride = below.vectors << 4;
      if (first) transpose(layer, weights, stride);
      matmul(below.errors, stride, plan.zeros, 0, errors, row, 4, layer.transposed, stride, rows, layer.outputs, below.vectors);
      multiply(below.errors, below.slopes, rows * below.vectors);
      if (below.standard) normaliseBack(below, weights, plan.gradient, rows, first);
    }
    // Gradients of the weights, valuesᵀ·errors, and of the biases, 1ᵀ·errors.
    const g = plan.gradient + layer.weights;
    const gb = g + layer.inputs * row;
    matmul(g, row, first ? plan.zeros : g, first ? 0 : row, input, 4, stride, errors, row, layer.inputs, rows, layer.vectors);
    matmul(gb, row, first ? plan.zeros : gb, 0, plan.one, 0, 0, errors, row, 1, rows, layer.vectors);
  }
}

/** Rows of weights become columns of `stride` bytes; columns beyond the inputs stay zero. */
function transpose(layer: Layer, weights: usize, stride: usize): void {
  let from = weights + layer.weights;
  for (let i = 0; i < layer.inputs; i++) {
    let to = layer.transposed + (<usize>i << 2);
    for (let n = 0; n < layer.vectors; n++, from += 16) {
      const four = v128.load(from);
      v128.store_lane<f32>(to, four, 0);
      v128.store_lane<f32>(to + stride, four, 1);
      v128.store_lane<f32>(to + 2 * stride, four, 2);
      v128.store_lane<f32>(to + 3 * stride, four, 3);
      to += 4 * stride;
    }
  }
}

function multiply(a: usize, b: usize, vectors: i32): void {
  const end = a + (<usize>vectors << 4);
  for (; a < end; a += 16, b += 16) v128.store(a, mul(v128.load(a), v128.load(b)));
}
