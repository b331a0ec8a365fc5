/** @file What is drawn anew at every step, word for word that of disturbance.ts. */
import { add, all, mul } from './math';
import { normals } from './normal';
import { layerAt, Plan, Replica } from './plan';
import { wordRows } from './random';

/** Their places in PURPOSES of random.ts. */
const enum Purpose { Dropout = 6, InputNoise = 7 }

/** Writes the factors on the hidden units for the points from place `at` on in the epoch's order. */
export function drawFactors(plan: Plan, replica: Replica, at: i32, rows: i32): void {
  const stride = plan.unitBlocks;
  for (let l = 0; l < plan.depth - 1; l++) {
    const layer = layerAt(plan, l);
    if (!layer.factors) continue;
    const first = at * stride + layer.block;
    wordRows(
      layer.factors, rows, layer.vectors, first, stride, plan.epoch, replica.number, Purpose.Dropout, plan.seed,
    );
    const threshold = i32x4.splat(layer.threshold);
    const kept = all(layer.kept);
    const end = layer.factors + (<usize>(rows * layer.vectors) << 4);
    for (let f = layer.factors; f < end; f += 16) {
      v128.store(f, v128.and(i32x4.ge_u(v128.load(f), threshold), kept));
    }
  }
}

/** Adds noise to the inputs of points that were fetched, from place `at` on in the epoch's order. */
export function addNoise(plan: Plan, replica: Replica, features: i32, at: i32, rows: i32): void {
  const blocks = (features + 3) >> 2;
  let z = plan.draws;
  wordRows(z, rows, blocks, at * blocks, blocks, plan.epoch, replica.number, Purpose.InputNoise, plan.seed);
  normals(z, rows * blocks);
  const deviation = all(plan.inputNoise);
  let x = plan.x;
  for (; rows > 0; rows--) {
    for (let left = features; left > 0; left -= 4, z += 16) {
      // What lies beyond the last input is the next point's, and stays as it is.
      const own = f32x4.lt(f32x4(0, 1, 2, 3), all(<f32>left));
      v128.store(x, add(v128.load(x), v128.and(mul(deviation, v128.load(z)), own)));
      x += <usize>min(left, 4) << 2;
    }
  }
}
