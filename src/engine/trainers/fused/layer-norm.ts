/**
 * @file Layer normalisation in WGSL, by the formulas of layer-norm.ts of the engine.
 *
 * A point keeps, behind a normalised layer's errors, its standardised sums ẑ, a quad for each quad of units, and one quad
 * of moments. Gains and shifts are two rows of parameters behind the biases; their padding is zero, and so is all that is
 * made from it.
 */
import { NORM_EPSILON } from '../../model/layer-norm.ts';

/** Quads of ẑ and moments of one point; rows of gains and shifts. */
export const normQuads = (outQuads: number): number => outQuads + 1;
export const NORM_ROWS = 2;

/** Where the sums of a hidden layer stand before they are normalised, and ẑ afterwards. */
export const STANDARD = 'errors + layer.outQuads * size';

const PLACES = /* wgsl */ `
  let errors = tileStart() + layer.errors * size;
  let standard = ${STANDARD};
  let moments = standard + layer.outQuads * size;
  let gains = layer.weights + (4 * layer.inQuads + 1) * layer.outQuads;
  let width = f32(layer.outputs);`;

const REAL = 'let real = 4 * vec4u(j) + vec4u(0, 1, 2, 3) < vec4u(layer.outputs);';

/**
 * `normalise` takes a tile's sums in the place of ẑ to the values of the units: `activated`, which is given `z`, `real`, the
 * quad `j` of the point `p` and its place `at`. The mean is taken off before squaring: the sums may be far from zero.
 */
export const normaliseWgsl = (lanes: number, activated: string): string => /* wgsl */ `
fn normalise(r: u32, lane: u32, layer: Layer, size: u32) {${PLACES}
  let values = tileStart() + layer.values * size;
  for (var p = lane; p < size; p += ${lanes}) {
    let from_ = standard + p * layer.outQuads;
    var sum = vec4f(0);
    for (var j = 0u; j < layer.outQuads; j++) { sum += memory[from_ + j]; }
    let mean = dot(sum, vec4f(1)) / width;
    var square = vec4f(0);
    for (var j = 0u; j < layer.outQuads; j++) {
      ${REAL}
      let away = select(vec4f(0), memory[from_ + j] - mean, real);
      square += away * away;
    }
    memory[moments + p] = vec4f(mean, inverseSqrt(dot(square, vec4f(1)) / width + ${NORM_EPSILON}), 0, 0);
  }
  barrier();
  for (var at = lane; at < size * layer.outQuads; at += ${lanes}) {
    let j = at % layer.outQuads;
    let p = at / layer.outQuads;
    let moment = memory[moments + p];
    ${REAL}
    let s = select(vec4f(0), (memory[standard + at] - moment.x) * moment.y, real);
    memory[standard + at] = s;
    let z = parameter(r, gains + j) * s + parameter(r, gains + layer.outQuads + j);
    ${activated}
  }
  barrier();
}`;

/**
 * `normaliseBack` makes the errors of a layer's own sums, in place, from those of its normalised ones, and updates gains and
 * shifts: the invocation that takes a quad of units through all points is the last one to read them.
 */
export const normaliseBackWgsl = (lanes: number): string => /* wgsl */ `
fn normaliseBack(r: u32, lane: u32, layer: Layer, here: u32, first: bool, complete: bool, now: vec4f) {
  let size = run.trainingTile;${PLACES}
  for (var p = lane; p < here; p += ${lanes}) {
    var sum = vec4f(0);
    var along = vec4f(0);
    for (var j = 0u; j < layer.outQuads; j++) {
      let at = p * layer.outQuads + j;
      let v = parameter(r, gains + j) * memory[errors + at];
      sum += v;
      along += v * memory[standard + at];
    }
    let scale = memory[moments + p].y;
    memory[moments + p] = vec4f(dot(sum, vec4f(1)) / width, scale, dot(along, vec4f(1)) / width, 0);
  }
  barrier();
  for (var j = lane; j < layer.outQuads; j += ${lanes}) {
    ${REAL}
    let gain = parameter(r, gains + j);
    var g0 = vec4f(0); var g1 = vec4f(0);
    for (var p = 0u; p < here; p++) {
      let at = p * layer.outQuads + j;
      let d = memory[errors + at];
      let s = memory[standard + at];
      let moment = memory[moments + p];
      g0 += d * s; g1 += d;
      memory[errors + at] = select(vec4f(0), (gain * d - moment.x - s * moment.z) * moment.y, real);
    }
    for (var k = 0u; k < 2; k++) {
      update(r, gains + k * layer.outQuads + j, g0, 0, first, complete, now);
      g0 = g1;
    }
  }
  barrier();
}`;
