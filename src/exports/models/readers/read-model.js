/** @file Reads a model that Patience exported as JSON: `readModel(model)(x)` gives `{ outputs, sd }` of raw inputs. */

const sum = (values) => values.reduce((total, v) => total + v, 0);

/** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, to full precision: Abramowitz and Stegun 7.1.6. */
function erf(x) {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let [term, total] = [x, x];
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) total += term *= (2 * x * x) / (2 * n + 1);
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

const ACTIVATIONS = {
  linear: (z) => z,
  tanh: (z) => z.map(Math.tanh),
  relu: (z) => z.map((v) => Math.max(v, 0)),
  sigmoid: (z) => z.map((v) => 1 / (1 + Math.exp(-v))),
  gelu: (z) => z.map((v) => (v / 2) * (1 + erf(v / Math.SQRT2))),
  softmax(z) {
    const powers = z.map((v) => Math.exp(v - Math.max(...z)));
    return powers.map((v) => v / sum(powers));
  },
};

function through(x, { kernel, bias, gains, shifts, epsilon, activation }) {
  let z = bias.map((b, j) => b + sum(x.map((v, i) => v * kernel[i][j])));
  if (gains) {
    const mean = sum(z) / z.length;
    const spread = Math.sqrt(sum(z.map((v) => (v - mean) ** 2)) / z.length + epsilon);
    z = z.map((v, j) => (gains[j] * (v - mean)) / spread + shifts[j]);
  }
  return ACTIVATIONS[activation](z);
}

export const readModel = (model) => (x) => {
  const seen = x.map((v, i) => (v - model.mean[i]) * model.factor[i]);
  const said = model.members.map((layers) => layers.reduce(through, seen).map((y) => y * model.scale + model.offset));
  const outputs = said[0].map((_, k) => sum(said.map((y) => y[k])) / said.length);
  const sd = outputs.map((m, k) => Math.sqrt(sum(said.map((y) => (y[k] - m) ** 2)) / (said.length - 1)));
  return { outputs, sd: said.length > 1 ? sd : null };
};
