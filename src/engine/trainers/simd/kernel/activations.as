/** @file The activations: values in place, and slopes for the way back. */
import { all, bell, madd, mul, Phi, sigmoid, tanhPair } from './math';

/** Numbered in ACTIVATION_KINDS of kinds.ts. */
export const enum Activation { Tanh, Relu, Sigmoid, Gelu, Linear }

/**
 * Turns z into its values for some vectors of four, and where `slopes` is not 0 writes the derivatives there; as in
 * activations.ts, GELU is the exact z·Φ(z) and ReLU has slope 0 at 0.
 */
export function activate(kind: Activation, z: usize, slopes: usize, vectors: i32): void {
  const end = z + (<usize>vectors << 4);
  const one = all(1);
  switch (kind) {
    case Activation.Tanh:
      for (; z < end; z += 32) {
        tanhPair(z);
        if (slopes) {
          tanhSlope(z, slopes);
          tanhSlope(z + 16, slopes + 16);
          slopes += 32;
        }
      }
      break;
    case Activation.Relu:
      for (; z < end; z += 16) {
        const x = v128.load(z);
        v128.store(z, f32x4.pmax(x, all(0)));
        if (slopes) v128.store(slopes, v128.and(f32x4.gt(x, all(0)), one)), (slopes += 16);
      }
      break;
    case Activation.Sigmoid:
      for (; z < end; z += 16) {
        const value = sigmoid(v128.load(z));
        v128.store(z, value);
        if (slopes) v128.store(slopes, mul(value, f32x4.sub(one, value))), (slopes += 16);
      }
      break;
    case Activation.Gelu:
      for (; z < end; z += 16) {
        const x = v128.load(z);
        const density = bell(x);
        const share = Phi(x, density);
        v128.store(z, mul(x, share));
        // φ(z) = e^(−z²/2) / √(2π)
        if (slopes) v128.store(slopes, madd(share, mul(x, all(0.3989422804014327)), density)), (slopes += 16);
      }
      break;
    case Activation.Linear:
      for (; slopes && z < end; z += 16, slopes += 16) v128.store(slopes, one);
      break;
  }
}

@inline
function tanhSlope(value: usize, slope: usize): void {
  const a = v128.load(value);
  v128.store(slope, f32x4.sub(all(1), mul(a, a)));
}
