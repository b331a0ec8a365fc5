/** @file The optimizers: one update of a replica's parameters; the formulas of plain/optimizer.ts. */
import { add, all, madd, mul, sign } from './math';
import { Coefficients } from './plan';

/** Numbered in OPTIMIZER_KINDS of kinds.ts. */
export const enum Optimizer {
  Sgd, Momentum, Nesterov, Rmsprop, CentredRmsprop, Adagrad, Adadelta, Adam, AdamW, Nadam, Lion,
}

/**
 * Weights w, gradient g and slots are `bytes` long each, the slots one behind the other; `rateFactor` is the replica's
 * own factor on the rate.
 */
export function update(kind: Optimizer, w: usize, g: usize, slots: usize, bytes: usize, c: Coefficients, rateFactor: f32): void {
  const rate = all(c.rate * rateFactor);
  const second = slots + bytes;
  switch (kind) {
    case Optimizer.Sgd:
      for (let i: usize = 0; i < bytes; i += 16) take(w + i, mul(rate, v128.load(g + i)));
      break;
    case Optimizer.Momentum: {
      const momentum = all(c.share1);
      for (let i: usize = 0; i < bytes; i += 16) {
        const velocity = f32x4.sub(mul(momentum, v128.load(slots + i)), mul(rate, v128.load(g + i)));
        v128.store(slots + i, velocity);
        v128.store(w + i, add(v128.load(w + i), velocity));
      }
      break;
    }
    case Optimizer.Nesterov: {
      const momentum = all(c.share1);
      for (let i: usize = 0; i < bytes; i += 16) {
        const step = mul(rate, v128.load(g + i));
        const velocity = f32x4.sub(mul(momentum, v128.load(slots + i)), step);
        v128.store(slots + i, velocity);
        v128.store(w + i, add(v128.load(w + i), f32x4.sub(mul(momentum, velocity), step)));
      }
      break;
    }
    case Optimizer.Rmsprop: {
      const share = all(c.share1);
      const epsilon = all(c.epsilon);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const square = moved(slots + i, mul(gi, gi), share);
        take(w + i, f32x4.div(mul(rate, gi), add(f32x4.sqrt(square), epsilon)));
      }
      break;
    }
    case Optimizer.CentredRmsprop: {
      const share = all(c.share1);
      const epsilon = all(c.epsilon);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const square = moved(slots + i, mul(gi, gi), share);
        const mean = moved(second + i, gi, share);
        // Not below zero by rounding.
        const variance = f32x4.pmax(f32x4.sub(square, mul(mean, mean)), all(0));
        take(w + i, f32x4.div(mul(rate, gi), add(f32x4.sqrt(variance), epsilon)));
      }
      break;
    }
    case Optimizer.Adagrad: {
      const epsilon = all(c.epsilon);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const sum = madd(v128.load(slots + i), gi, gi);
        v128.store(slots + i, sum);
        take(w + i, f32x4.div(mul(rate, gi), add(f32x4.sqrt(sum), epsilon)));
      }
      break;
    }
    case Optimizer.Adadelta: {
      const share = all(c.share1);
      const epsilon = all(c.epsilon);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const square = moved(slots + i, mul(gi, gi), share);
        const size = f32x4.sqrt(add(v128.load(second + i), epsilon));
        const delta = mul(f32x4.div(size, f32x4.sqrt(add(square, epsilon))), gi);
        moved(second + i, mul(delta, delta), share);
        take(w + i, mul(rate, delta));
      }
      break;
    }
    case Optimizer.Adam:
    case Optimizer.AdamW: {
      const share1 = all(c.share1);
      const share2 = all(c.share2);
      const correction = all(c.correction);
      const epsilon = all(c.epsilon);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const m = moved(slots + i, gi, share1);
        const v = moved(second + i, mul(gi, gi), share2);
        take(w + i, f32x4.div(mul(rate, m), add(f32x4.sqrt(mul(v, correction)), epsilon)));
      }
      break;
    }
    case Optimizer.Nadam: {
      const share1 = all(c.share1);
      const share2 = all(c.share2);
      const correction = all(c.correction);
      const epsilon = all(c.epsilon);
      const ahead = all(c.ahead);
      const here = all(c.here);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        const m = moved(slots + i, gi, share1);
        const v = moved(second + i, mul(gi, gi), share2);
        const step = madd(mul(ahead, m), here, gi);
        take(w + i, f32x4.div(mul(rate, step), add(f32x4.sqrt(mul(v, correction)), epsilon)));
      }
      break;
    }
    case Optimizer.Lion: {
      const share1 = all(c.share1);
      const share2 = all(c.share2);
      for (let i: usize = 0; i < bytes; i += 16) {
        const gi = v128.load(g + i);
        take(w + i, mul(rate, sign(mean(v128.load(slots + i), gi, share1))));
        moved(slots + i, gi, share2);
      }
      break;
    }
  }
}

/** w −= step */
@inline
function take(w: usize, step: v128): void {
  v128.store(w, f32x4.sub(v128.load(w), step));
}

/** β·mean + (1 − β)·value, written so that only 1 − β is rounded. */
@inline
function mean(before: v128, value: v128, share: v128): v128 {
  return madd(before, share, f32x4.sub(value, before));
}

/** A slot's moving mean after one more value. */
@inline
function moved(slot: usize, value: v128, share: v128): v128 {
  const after = mean(v128.load(slot), value, share);
  v128.store(slot, after);
  return after;
}
