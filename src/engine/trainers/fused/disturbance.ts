/** @file Dropout and input noise in WGSL: the same random numbers that training/disturbance.ts draws. */
import { purpose } from './random.ts';

/**
 * `factorsOf` gives the factors on the units of quad j of a layer, for the point in a place of the order. A loop, since
 * SwiftShader runs through both sides of a branch.
 */
export const DROPOUT_WGSL = /* wgsl */ `
fn factorsOf(layer: Layer, place: u32, j: u32, r: u32) -> vec4f {
  var factors = vec4f(1);
  for (var once = layer.threshold > 0; once; once = false) {
    let words = philox(place * run.units + layer.units + j, epochNow, orderDraw(r), ${purpose('dropout')});
    factors = select(vec4f(layer.scale), vec4f(0), words < vec4u(layer.threshold));
  }
  return factors;
}
`;

/**
 * `normalsOf` gives the standard normal numbers of four words, `noiseOf` those for the four inputs from 4q on, zeros behind
 * the last one. Inverse of the normal distribution function: Wichura, Algorithm AS 241 (PPND7), Applied Statistics 37
 * (1988), relative error about 1e-7. The smaller tail is taken, since float32 has no numbers that close to 1; none here is
 * as far out as the third branch of the algorithm.
 */
export const NOISE_WGSL = /* wgsl */ `
fn normalsOf(words: vec4u) -> vec4f {
  let above = words >= vec4u(0x80000000u);
  let tail = select(words, ~words, above);
  // Both from whole numbers, and so with all their digits: the distance from the middle and the tail.
  let d = (vec4f(vec4u(0x7fffffffu) - tail) + 0.5) * 2.3283064365386963e-10;
  let c = vec4f(0.180625) - min(d * d, vec4f(0.180625));
  let central = d
    * (3.3871327179 + c * (50.434271938 + c * (159.29113202 + c * 59.10937472)))
    / (1 + c * (17.895169469 + c * (78.757757664 + c * 67.1875636)));
  let s = sqrt(-log((vec4f(tail) + 0.5) * 2.3283064365386963e-10)) - 1.6;
  let outer = (1.4234372777 + s * (2.75681539 + s * (1.3067284816 + s * 0.17023821103)))
    / (1 + s * (0.7370016425 + s * 0.12021132975));
  let size = select(outer, central, d <= vec4f(0.425));
  return select(-size, size, above);
}

fn noiseOf(place: u32, q: u32, r: u32) -> vec4f {
  let words = philox(place * run.layers[0].inQuads + q, epochNow, orderDraw(r), ${purpose('input-noise')});
  return select(vec4f(0), normalsOf(words), 4 * vec4u(q) + vec4u(0, 1, 2, 3) < vec4u(run.features));
}
`;
