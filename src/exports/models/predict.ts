/** @file What a model says of raw inputs, in float64 plain loops: the truth that a file is checked against. */
import { ACTIVATIONS } from '../../engine/model/activations.ts';
import { NORM_EPSILON } from '../../engine/model/layer-norm.ts';
import type { Model, ModelLayer, Predictions } from './model.ts';

/** Of raw inputs `[n][D]`. */
export function predict(model: Omit<Model, 'about'>, inputs: number[][]): Predictions {
  const said = inputs.map((x) => model.members.map((layers) => outputOf(model, layers, x)));
  const over = (members: number[][], of: (values: number[]) => number) =>
    members[0]!.map((_, k) => of(members.map((output) => output[k]!)));
  const mean = (values: number[]) => values.reduce((sum, y) => sum + y, 0) / values.length;
  const sd = (values: number[]) =>
    Math.sqrt(values.reduce((sum, y) => sum + (y - mean(values)) ** 2, 0) / (values.length - 1));
  return {
    outputs: said.map((members) => over(members, mean)),
    sd: model.members.length === 1 ? null : said.map((members) => over(members, sd)),
  };
}

function outputOf({ mean, factor, target }: Omit<Model, 'about'>, layers: ModelLayer[], raw: number[]): number[] {
  let a = raw.map((x, i) => (x - mean[i]!) * factor[i]!);
  for (const layer of layers) a = through(layer, a);
  return target ? a.map((y) => y * target.scale + target.offset) : a;
}

function through({ inputs, units, kernel, bias, norm, activation }: ModelLayer, a: number[]): number[] {
  const sums = Array.from(bias, (b, j) => {
    let sum = b;
    for (let i = 0; i < inputs; i++) sum += a[i]! * kernel[i * units + j]!;
    return sum;
  });
  const z = norm ? normalised(norm, sums) : sums;
  if (activation !== 'softmax') return z.map(ACTIVATIONS[activation].value);
  const top = Math.max(...z);
  const powers = z.map((x) => Math.exp(x - top));
  const total = powers.reduce((sum, x) => sum + x, 0);
  return powers.map((x) => x / total);
}

function normalised({ gains, shifts }: NonNullable<ModelLayer['norm']>, sums: number[]): number[] {
  const mean = sums.reduce((sum, x) => sum + x, 0) / sums.length;
  const variance = sums.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sums.length;
  return sums.map((x, j) => (gains[j]! * (x - mean)) / Math.sqrt(variance + NORM_EPSILON) + shifts[j]!);
}
