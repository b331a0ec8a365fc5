/** @file The random words of random.ts in WGSL, bit by bit. */
import { PURPOSES, type Purpose } from '../../random.ts';

/** The last number of a counter. */
export const purpose = (of: Purpose): string => `${PURPOSES.indexOf(of)}u`;

/** The four words of a block of the stream (seed, purpose, replica, step). */
export const PHILOX_WGSL = /* wgsl */ `
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let a0 = a & 0xffffu; let a1 = a >> 16u;
  let b0 = b & 0xffffu; let b1 = b >> 16u;
  let middle = a1 * b0 + ((a0 * b0) >> 16u);
  let low = a0 * b1 + (middle & 0xffffu);
  return a1 * b1 + (middle >> 16u) + (low >> 16u);
}

fn philox(block: u32, step: u32, replica: u32, purpose: u32) -> vec4u {
  var c = vec4u(block, step, replica, purpose);
  var k = vec2u(run.seed, 0u);
  for (var round = 0u; round < 10; round++) {
    c = vec4u(
      multiplyHigh(0xcd9e8d57u, c.z) ^ c.y ^ k.x, 0xcd9e8d57u * c.z,
      multiplyHigh(0xd2511f53u, c.x) ^ c.w ^ k.y, 0xd2511f53u * c.x);
    k += vec2u(0x9e3779b9u, 0xbb67ae85u);
  }
  return c;
}
`;
