/** @file The optimizers: one update of a replica's parameters; the formulas of plain/optimizer.ts. */
import { add, madd, mul } from './math';

/** In the order of OPTIMIZERS in optimizers.ts. */
export const enum Optimizer { Sgd, Momentum, Adam }

@inline
function number(c: usize, i: usize): v128 {
  return v128.load32_splat(c + 4 * i);
}

/**
 * Weights w, gradient g and slots are `bytes` long each, the slots one behind the other; c holds what the step needs of
 * settings and step number, as coefficients.ts lists it.
 */
export function update(kind: Optimizer, w: usize, g: usize, slots: usize, bytes: usize, c: usize): void {
  switch (kind) {
    case Optimizer.Sgd: {
      const rate = number(c, 0);
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(w + i, f32x4.sub(v128.load(w + i), mul(rate, v128.load(g + i))));
      }
      break;
    }
    case Optimizer.Momentum: {
      const rate = number(c, 0);
      const momentum = number(c, 1);
      for (let i: usize = 0; i < bytes; i += 16) {
        const velocity = f32x4.sub(mul(momentum, v128.load(slots + i)), mul(rate, v128.load(g + i)));
        v128.store(slots + i, velocity);
        v128.store(w + i, add(v128.load(w + i), velocity));
      }
      break;
    }
    case Optimizer.Adam: {
      const rate = number(c, 0);
      const share1 = number(c, 1);
      const share2 = number(c, 2);
      const correction2 = number(c, 3);
      const epsilon = number(c, 4);
      const second = slots + bytes;
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const m = moved(v128.load(slots + i), gi, share1);
        const v = moved(v128.load(second + i), mul(gi, gi), share2);
        v128.store(slots + i, m);
        v128.store(second + i, v);
        const step = f32x4.div(mul(rate, m), add(f32x4.sqrt(mul(v, correction2)), epsilon));
        v128.store(w + i, f32x4.sub(v128.load(w + i), step));
      }
      break;
    }
  }
}

/** A moving mean after one more value: β·mean + (1 − β)·value, written so that only 1 − β is rounded. */
@inline
function moved(mean: v128, value: v128, share: v128): v128 {
  return madd(mean, share, f32x4.sub(value, mean));
}
