/** @file The variance of the noise where no law is known, estimated from how much the targets of near neighbours differ. */

/** Neighbours of each point that are looked at. */
const NEIGHBOURS = 10;

/**
 * Inputs x `[n, D]`, targets y `[n, K]`: the variance of y about a smooth function of x, summed over outputs; null with
 * too few points. The gamma test (Stefánsson, Končar and Jones, "A note on the gamma test", Neural Computing &
 * Applications 5, 1997): with δ(k) the mean squared distance to the k-th neighbour and γ(k) half the mean squared
 * difference of its target, the line through (δ(k), γ(k)) meets δ = 0 at the noise. In many dimensions, where no
 * neighbour is near, it is too high or too low by what the function does between neighbours. Takes O(n²·D).
 */
export function estimateNoise(x: ArrayLike<number>, y: ArrayLike<number>, n: number): number | null {
  const [D, K] = [x.length / n, y.length / n];
  const p = Math.min(NEIGHBOURS, n - 1);
  if (p < 2) return null;
  const delta = new Float64Array(p);
  const gamma = new Float64Array(p);
  // The nearest ones of a point so far, in order.
  const nearest = new Int32Array(p);
  const distances = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    distances.fill(Infinity);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      let square = 0;
      for (let d = 0; d < D; d++) square += (x[i * D + d]! - x[j * D + d]!) ** 2;
      if (square >= distances[p - 1]!) continue;
      let k = p - 1;
      for (; k > 0 && square < distances[k - 1]!; k--) {
        distances[k] = distances[k - 1]!;
        nearest[k] = nearest[k - 1]!;
      }
      distances[k] = square;
      nearest[k] = j;
    }
    for (let k = 0; k < p; k++) {
      delta[k]! += distances[k]! / n;
      for (let o = 0; o < K; o++) gamma[k]! += (y[i * K + o]! - y[nearest[k]! * K + o]!) ** 2 / 2 / n;
    }
  }
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / p;
  const [md, mg] = [mean(delta), mean(gamma)];
  let cross = 0;
  let square = 0;
  for (let k = 0; k < p; k++) {
    cross += (delta[k]! - md) * (gamma[k]! - mg);
    square += (delta[k]! - md) ** 2;
  }
  // Where all neighbours are equally far their targets say nothing of how they would differ at no distance.
  return square > 0 ? mg - (cross / square) * md : mg;
}
