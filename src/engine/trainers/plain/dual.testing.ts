/**
 * @file The loss of a network once more, in dual numbers: values that carry their derivative along one parameter through
 * every sum, product and function (forward-mode differentiation). It is exact to rounding, however curved the loss is,
 * and shares no arithmetic with the reference's backpropagation.
 */
import { normalCdf, normalDensity } from '../../../../datasets/special.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { Activation } from '../../model/activations.ts';
import type { Layout } from '../../model/network.ts';
import type { Points } from './gradient.ts';

/** A value and its derivative. */
export type Dual = readonly [value: number, derivative: number];

const constant = (value: number): Dual => [value, 0];
const add = (...all: Dual[]): Dual => [all.reduce((s, [v]) => s + v, 0), all.reduce((s, [, d]) => s + d, 0)];
const scale = ([v, d]: Dual, by: number): Dual => [v * by, d * by];
const subtract = (a: Dual, b: Dual): Dual => add(a, scale(b, -1));
const multiply = ([v, d]: Dual, [w, e]: Dual): Dual => [v * w, d * w + v * e];
const power = ([v, d]: Dual, exponent: number): Dual => [v ** exponent, d * exponent * v ** (exponent - 1)];
const divide = (a: Dual, b: Dual): Dual => multiply(a, power(b, -1));
const exp = ([v, d]: Dual): Dual => [Math.exp(v), d * Math.exp(v)];
const log = ([v, d]: Dual): Dual => [Math.log(v), d / v];
const absolute = ([v, d]: Dual): Dual => [Math.abs(v), d * Math.sign(v)];
const mean = (all: Dual[]): Dual => scale(add(...all), 1 / all.length);

const logistic = (z: Dual): Dual => power(add(constant(1), exp(scale(z, -1))), -1);

const ACTIVATE: Readonly<Record<Activation, (z: Dual) => Dual>> = {
  tanh: (z) => subtract(scale(logistic(scale(z, 2)), 2), constant(1)),
  relu: ([v, d]) => (v > 0 ? [v, d] : [0, 0]),
  sigmoid: logistic,
  gelu: (z) => multiply(z, [normalCdf(z[0]), z[1] * normalDensity(z[0])]),
  linear: (z) => z,
};

/** Ba, Kiros and Hinton 2016 with PyTorch's ε. */
function normalise(z: Dual[], gains: Dual[], shifts: Dual[]): Dual[] {
  const centre = mean(z);
  const variance = mean(z.map((one) => power(subtract(one, centre), 2)));
  const inverse = power(add(variance, constant(1e-5)), -0.5);
  return z.map((one, j) => add(multiply(multiply(subtract(one, centre), inverse), gains[j]!), shifts[j]!));
}

/** −share·(1 − p)^γ·ln p. */
const surprise = (p: Dual, rest: Dual, share: number, gamma: number): Dual =>
  scale(gamma === 0 ? log(p) : multiply(power(rest, gamma), log(p)), -share);

/** Of one point with last sums z and target y. */
function pointLoss(z: Dual[], y: number, { objective, loss }: Pick<Experiment, 'objective' | 'loss'>): Dual {
  const { labelSmoothing, focalGamma, huberDelta } = loss;
  const classes = Math.max(2, z.length);
  const share = (k: number) => (1 - labelSmoothing) * (y === k ? 1 : 0) + labelSmoothing / classes;
  const miss = subtract(z[0]!, constant(y));
  switch (objective) {
    case 'squared-error':
      return power(miss, 2);
    case 'absolute-error':
      return absolute(miss);
    case 'huber':
      return Math.abs(miss[0]) <= huberDelta
        ? scale(power(miss, 2), 0.5)
        : scale(subtract(absolute(miss), constant(huberDelta / 2)), huberDelta);
    case 'binary-cross-entropy': {
      const [one, zero] = [logistic(z[0]!), logistic(scale(z[0]!, -1))];
      return add(surprise(one, zero, share(1), focalGamma), surprise(zero, one, share(0), focalGamma));
    }
    case 'softmax-cross-entropy': {
      const powers = z.map(exp);
      const all = add(...powers);
      return add(
        ...powers.map((own, k) => {
          const others = add(...powers.filter((_, j) => j !== k));
          return surprise(divide(own, all), divide(others, all), share(k), focalGamma);
        }),
      );
    }
    default:
      return objective satisfies never;
  }
}

/** The loss that `lossAndGradient` gives for the same arguments, and its derivative along the parameter `along`. */
export function dualLoss(
  { layers }: Layout,
  experiment: Pick<Experiment, 'objective' | 'loss' | 'training'>,
  theta: Float64Array,
  { x, y, weights, factors }: Points,
  along: number,
): Dual {
  const at = (i: number): Dual => [theta[i]!, i === along ? 1 : 0];
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => at(from + i));
  const inputs = layers[0]!.inputs;
  const losses = Array.from({ length: y.length }, (_, p) => {
    let values: Dual[] = Array.from({ length: inputs }, (__, i) => constant(x[p * inputs + i]!));
    layers.forEach((layer, l) => {
      const { outputs: H, gains } = layer;
      const sums = range(layer.biases, H).map((bias, j) =>
        add(bias, ...values.map((value, i) => multiply(value, at(layer.weights + i * H + j)))),
      );
      const normed = gains === null ? sums : normalise(sums, range(gains, H), range(gains + H, H));
      values = normed.map((z, j) => scale(ACTIVATE[layer.activation](z), factors?.[l]?.[p * H + j] ?? 1));
    });
    return scale(pointLoss(values, y[p]!, experiment), weights?.[p] ?? 1);
  });
  const { l1, l2 } = experiment.training;
  const penalties = layers.flatMap((layer) =>
    range(layer.weights, layer.biases - layer.weights).map((w) => add(scale(absolute(w), l1), scale(power(w, 2), l2))),
  );
  return add(mean(losses), ...penalties);
}
