/** @file Gradient descent in WGSL: the gradient of a tile, its sum over a batch, and the optimizer's step. */
import { OPTIMIZERS } from '../../training/optimizers.ts';
import { NORM_ROWS } from './layer-norm.ts';
import { OPTIMIZER_SNIPPETS } from './optimizers.ts';
import type { Variant } from './plan.ts';

/**
 * `descend` makes the gradient of a tile and updates the parameters with it; `settle`, where it is there, does so once
 * the gradient of a batch is whole. `weight` is 1 for weights and 0 for what has neither penalty nor decay: biases, and
 * gains and shifts, which are updated by `normaliseBack`.
 */
export function descent(variant: Variant): string {
  const { resident, lanes, several, whole } = variant;
  const summed = several || whole;
  return /* wgsl */ `
fn parameter(r: u32, at: u32) -> vec4f { return ${resident ? 'memory[at]' : 'parameters[r * run.quads + at]'}; }
fn setParameter(r: u32, at: u32, w: vec4f) { ${resident ? 'memory[at]' : 'parameters[r * run.quads + at]'} = w; }

/** The gradient with its penalties, each number of it within its limit. */
fn penalised(gradient: vec4f, w: vec4f, weight: f32) -> vec4f {
  let g = gradient + weight * (run.l1 * sign(w) + run.l2 * w);
  let most = vec4f(run.clipValue);
  return select(g, kept(clamp(g, -most, most), g), run.clipValue > 0);
}

/** The weights' own decay, then the optimizer. */
fn takeStep(r: u32, at: u32, g: vec4f, weight: f32, now: vec4f) {
  let place = r * run.quads + at;
  let hyper = run.hyper;
  let epsilon = run.epsilon;
  var w = parameter(r, at);
  w -= weight * now.x * run.weightDecay * w;
  ${slotLines(variant, (slot, s) => `var s${s} = ${slot};`)}
  ${OPTIMIZER_SNIPPETS[variant.optimizer]}
  ${slotLines(variant, (slot, s) => `${slot} = s${s};`)}
  setParameter(r, at, w);
}

/** Adds to the gradient of the batch; once that is complete, takes the step, or leaves it there for \`settle\`. */
fn update(r: u32, at: u32, gradient: vec4f, weight: f32, first: bool, complete: bool, now: vec4f) {
  var g = gradient;
  ${summed ? `let sums = ${sumsOf(variant)} + at;\n  if (!first) { g += slots[sums]; }` : ''}
  ${several ? 'if (!complete) { slots[sums] = g; return; }' : ''}
  ${
    whole
      ? 'if (complete) { g = penalised(g, parameter(r, at), weight); }\n  slots[sums] = g;'
      : 'takeStep(r, at, penalised(g, parameter(r, at), weight), weight, now);'
  }
}

/** An invocation takes four inputs and a quad of units, the first ones also the biases, and updates what it summed. */
fn descend(r: u32, lane: u32, here: u32, first: bool, complete: bool, now: vec4f) {
  for (var l = 0u; l < run.depth; l++) {
    let layer = run.layers[l];
    let given = tileStart() + layer.given * run.trainingTile;
    let errors = tileStart() + layer.errors * run.trainingTile;
    for (var t = lane; t < layer.inQuads * layer.outQuads; t += ${lanes}) {
      let j = t % layer.outQuads;
      let i = t / layer.outQuads;
      var g0 = vec4f(0); var g1 = vec4f(0); var g2 = vec4f(0); var g3 = vec4f(0); var g4 = vec4f(0);
      for (var p = 0u; p < here; p++) {
        let a = memory[given + p * layer.inQuads + i];
        let e = memory[errors + p * layer.outQuads + j];
        g0 += a.x * e; g1 += a.y * e; g2 += a.z * e; g3 += a.w * e; g4 += e;
      }
      for (var k = 0u; k < select(4u, 5u, i == 0); k++) {
        let row = select(4 * i + k, 4 * layer.inQuads, k == 4);
        update(r, layer.weights + row * layer.outQuads + j, g0, select(1f, 0f, k == 4), first, complete, now);
        // They move up instead of being indexed, so that they can stay in registers.
        g0 = g1; g1 = g2; g2 = g3; g3 = g4;
      }
    }
  }
}
${whole ? settle(variant) : ''}`;
}

/** Every invocation adds up the same partial sums in the same order. */
function settle(variant: Variant): string {
  const { lanes, layerNorm } = variant;
  const behind = layerNorm ? `select(1u, ${1 + NORM_ROWS}u, l + 1 < run.depth) * layer.outQuads` : 'layer.outQuads';
  return /* wgsl */ `
var<workgroup> squares: array<f32, ${lanes}>;

fn settle(r: u32, lane: u32, now: vec4f) {
  let sums = ${sumsOf(variant)};
  var square = 0f;
  for (var i = lane; i < run.quads; i += ${lanes}) { square += dot(slots[sums + i], slots[sums + i]); }
  squares[lane] = square;
  barrier();
  var all = 0f;
  for (var i = 0u; i < ${lanes}; i++) { all += squares[i]; }
  let norm = sqrt(all);
  let shrink = select(1f, run.clipNorm / norm, run.clipNorm > 0 && norm > run.clipNorm);
  for (var l = 0u; l < run.depth; l++) {
    let layer = run.layers[l];
    let biases = 4 * layer.inQuads * layer.outQuads;
    for (var t = lane; t < biases + ${behind}; t += ${lanes}) {
      let at = layer.weights + t;
      takeStep(r, at, shrink * slots[sums + at], select(1f, 0f, t >= biases), now);
    }
  }
  barrier();
  // Once if there is a limit on the columns; a loop, since SwiftShader runs through both sides of a branch.
  for (var l = 0u; l < select(0u, run.depth, run.maxNorm > 0); l++) {
    let layer = run.layers[l];
    for (var j = lane; j < layer.outQuads; j += ${lanes}) {
      var square = vec4f(0);
      for (var i = 0u; i < 4 * layer.inQuads; i++) {
        let w = parameter(r, layer.weights + i * layer.outQuads + j);
        square += w * w;
      }
      let norm = sqrt(square);
      let scale = select(vec4f(1), run.maxNorm / norm, norm > vec4f(run.maxNorm));
      for (var i = 0u; i < 4 * layer.inQuads; i++) {
        let at = layer.weights + i * layer.outQuads + j;
        setParameter(r, at, scale * parameter(r, at));
      }
    }
  }
  barrier();
}
`;
}

const slotsOf = ({ optimizer }: Variant) => OPTIMIZERS[optimizer].slots;

/** Where the gradient of replica r stands, behind the slots. */
const sumsOf = (variant: Variant) => `(${slotsOf(variant).length}u * run.replicas + r) * run.quads`;

function slotLines(variant: Variant, line: (slot: string, s: number) => string): string {
  return slotsOf(variant)
    .map((_, s) => line(`slots[${s}u * run.replicas * run.quads + place]`, s))
    .join('\n  ');
}
